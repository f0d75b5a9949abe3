"""What `doctor` looks at: each module returns checks, and changes nothing."""
