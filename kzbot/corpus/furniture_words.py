"""The words of buttons, menus and labels that pages print around articles: data of `furniture.py`, in lower case."""


def _labels(words: str) -> frozenset[str]:
    return frozenset(label.strip() for label in words.replace("\n", ",").split(",") if label.strip())


# Whole lines, in lower case, without punctuation at their ends: furniture wherever they stand.
LABELS = _labels("""
share this, share this article, share this story, share this page, share this post, share article, share on facebook
share on twitter, share via email, bookmark and share, bookmark this page, share tweet, tweet this, retweet, pin it
email this, email this article, email this page, email article, email a friend, e-mail this article, send to a friend
print this, print this page, print this article, print article, print page, printer friendly, printer-friendly version
printer friendly version, printable version, print version, download pdf, save as pdf, copy link, copy url
leave a comment, leave a reply, post a comment, post comment, add comment, add a comment, write a comment, no comments
view comments, show comments, join the conversation, join the discussion, report abuse, contact author
contact the author, additional links, related links, external links, stay connected, stay in touch, connect with us
follow us, like us, rss feed, rss feeds, subscribe, subscribe now, sign in, log in, log out, sign up, sign up now
my account, create account, skip to content, skip to main content, skip to navigation, skip navigation
toggle navigation, main menu, site map, sitemap, back to top, top of page, return to top, go to top, advertisement
advertisements, sponsored, sponsored content, promoted content, story continues below, article continues below
story continues below advertisement, article continues after advertisement, continue reading, read more, read less
show more, show less, load more, view more, see more, learn more, find out more, click here, next page, previous page
next article, previous article, next post, previous post, older posts, newer posts, previous next, privacy policy
privacy statement, privacy notice, cookie policy, cookie settings, image gallery
accept cookies, accept all, accept all cookies, manage cookies, reject all, all rights reserved, photo gallery
click to enlarge, view full size, full size image, high resolution image, download image, download hi-res
rate this item, back to all news, end of release, loading, please wait, fullscreen, posted, accessibility links, about post author, about the author, source link, visit also
back to top button, home page, read full story, read the full story, hide caption, toggle caption, enlarge this image, courtesy photo, file photo, stock photo, photo courtesy, breaking news alerts
нравится, нравится поделиться, добавить комментарий, смотреть все, хотите больше статей
показать еще, поделиться, поделиться в соцсетях, распечатать, версия для печати, оставить комментарий, комментировать, реклама
подписаться, подписаться на рассылку, все права защищены, читать далее, подробнее, наверх, главная
""")

# Whole lines that are furniture before or after the running text only; within it they may be subheadings.
EDGE_LABELS = _labels("""
home, homepage, terms of use, terms of service, terms and conditions, legal notice, disclaimer, menu, search, news, top, top stories, top news, latest, latest news, breaking news, headlines, more
more news, world, world news, politics, business, economy, sport, sports, culture, opinion, opinions, editorial
analysis, nation, national, international, regional, local, society, technology, science, health, travel, lifestyle
entertainment, features, feature, feature story, article, articles, story, stories, press, press room, newsroom, media
media room, press release, press releases, news release, news releases, news article, news articles, news story
press statement, media release, media advisory, press advisory, transcript, transcripts, speeches, releases
contact us, archive, archives, categories, category, tags, topics, sections, contact, contacts, contact information, about
about us, help, faq, feedback, careers, jobs, advertise, advertise with us, donate, shop, store, events, calendar
photo, photos, video, videos, gallery, image, images, multimedia, podcast, podcasts, blog, blogs, newsletter
newsletters, email, e-mail, print, share, tweet, like, save, pdf, link, permalink, embed, reply, comment, comments
facebook, twitter, google, linkedin, whatsapp, telegram, instagram, youtube, reddit, pinterest, vkontakte, rss, next
previous, back, close, open, accept, ok, login, register, logout, special report, staff report, staff writer
details, english, русский, қазақша, новости, поиск, меню, комментарии, контакты, о нас, теги, фото, видео
""")

# Words that make furniture of a line that holds nothing else.
BUTTONS = _labels("""
share, tweet, retweet, email, e-mail, mail, print, pdf, facebook, twitter, google, linkedin, whatsapp, telegram
instagram, youtube, reddit, pinterest, tumblr, digg, delicious, stumbleupon, vkontakte, viber, messenger, rss, pin
""")
