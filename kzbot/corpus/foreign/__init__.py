"""Files from elsewhere (HTML, PDF, attached texts), read in a child process that a hostile one can only bring down itself."""
