"""The door: paths and bytes enter, pages and article records leave."""
