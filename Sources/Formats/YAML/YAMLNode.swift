/// A YAML value with its place in the file. Aliases, tags and several documents do not occur: they are refused.
public struct YAMLNode: Sendable {
    public enum Content: Sendable {
        /// Text; `isPlain` tells an unquoted scalar, of which `true`, `12` and the empty one have a meaning of their own.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
    }

    public struct Entry: Sendable {
        public let key: String
        public let keyRange: Range<Int>
        public let value: YAMLNode
    }

    public let content: Content
    /// Bytes of the file, from the value's first to its last.
    public let range: Range<Int>

    /// The text of a scalar.
    public var text: String? {
        if case .scalar(let text, _) = content { return text }
        return nil
    }

    /// Whether nothing was written: an empty plain scalar, `~` or `null`.
    public var isNull: Bool {
        if case .scalar(let text, isPlain: true) = content { return text.isEmpty || text == "~" || text == "null" }
        return false
    }

    public var sequence: [YAMLNode]? {
        if case .sequence(let nodes) = content { return nodes }
        return nil
    }

    public var mapping: [Entry]? {
        if case .mapping(let entries) = content { return entries }
        return nil
    }
}
