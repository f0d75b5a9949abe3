"""What each kind of date looks like and means, a module a kind; nothing here looks outside of the phrase."""
