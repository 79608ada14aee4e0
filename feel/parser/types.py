"""Types as they are written behind ``instance of`` and parameters."""

from feel import syntax
from feel.parser.reader import TokenReader


class TypeReader(TokenReader):
    """Reads types."""

    def type(self) -> syntax.TypeNode:
        """``number``, ``list<number>``, ``date and time``, ``function<number> -> string``"""
        self.deeper()
        node = self.type_of_parts()
        self.nesting -= 1
        return node

    def type_of_parts(self) -> syntax.TypeNode:
        """A type and what is in its angle brackets."""
        token = self.token
        if self.accept("function"):
            name = "function"
        else:
            name = self.member()
            while self.accept("."):
                name += f".{self.member()}"
        if name in ("list", "range") and self.accept("<"):
            part = self.type()
            self.expect(">")
            return syntax.TypeNode(name, (part,))
        if name == "context" and self.accept("<"):
            return self.context_type()
        if name == "function" and self.accept("<"):
            return self.function_type()
        return syntax.TypeNode(name, line=token.line, column=token.column)

    def context_type(self) -> syntax.TypeNode:
        """``name: type, ...>``"""
        members = self.separated(self.member_type)
        self.expect(">", ",")
        names, types = zip(*members, strict=True)
        return syntax.TypeNode("context", tuple(types), tuple(names))

    def member_type(self) -> tuple[str, syntax.TypeNode]:
        """``name: type``"""
        name = self.words_until(":", ">")
        self.expect(":")
        return name, self.type()

    def function_type(self) -> syntax.TypeNode:
        """``types> -> type``"""
        parameters = () if self.at(">") else self.separated(self.type)
        self.expect(">", ",")
        self.expect("->")
        return syntax.TypeNode("function", parameters, (), self.type())
