"""What the hall already knows of an applicant is not asked again (R-29): the last answers, and licences in force."""
