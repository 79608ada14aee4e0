"""Attachments (附件): the files applicants and officers hand in with forms, kept as they came and never changed."""
