"""Names of authors: as printed, in parts if those cannot be told apart, or of an organization."""

from pydantic import Field

from kb.schema.parts import Line, Short


class Author(Short):
    """An author: a plain name, the parts of a name, or an organization."""

    bare = "name"

    name: Line | None = Field(default=None, description="The name as printed, given name first.")
    given: Line | None = Field(default=None, description="Given names.")
    family: Line | None = Field(default=None, description="Family name with its particles.")
    suffix: Line | None = Field(default=None, description="Jr., Sr., II, III …")
    zh: Line | None = Field(default=None, description="The name in Chinese characters.")
    organization: Line | None = Field(
        default=None, description="The organization that signs as a whole."
    )
