/// The templates that the program carries, written at build time by the EmbedTemplates plugin.
///
/// The list itself is `EmbeddedTemplates.files`: `path` is relative to `templates/`, `text` is the file's whole text.
public typealias CarriedTemplate = (path: String, text: StaticString)
