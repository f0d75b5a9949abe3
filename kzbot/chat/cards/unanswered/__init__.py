"""Cards of `/log unanswered`: the list of groups, and one of them."""
