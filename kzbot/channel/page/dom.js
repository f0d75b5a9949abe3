// Elements are built here and nowhere else. Text only ever becomes text nodes, so nothing that is written can turn into markup.

/** An element with attributes (`on…` are listeners, null and false are left out) and children. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The address where it may be followed (http, https), else null. */
export function followable(address) {
  try {
    const url = new URL(address);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that opens in a tab of its own; plain text where the address may not be followed. */
export function link(address, ...children) {
  const href = followable(address);
  if (!href) return el('span', {}, children);
  return el('a', { href, title: address, target: '_blank', rel: 'noopener noreferrer' }, children);
}
