"""Form definitions (form-js JSON) and their compilation to marshmallow schemas. Pure."""
