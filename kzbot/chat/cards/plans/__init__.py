"""Cards of plans: what a reload would do, list by list, and what it did."""
