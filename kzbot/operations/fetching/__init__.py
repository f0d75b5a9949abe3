"""Pages of public hosts, fetched for an import: which hosts those are, and what a page may cost."""
