/// The templates that the program carries, written at build time by the EmbedTemplates plugin.
///
/// The list itself is `EmbeddedTemplates.files`: `path` is relative to `templates/`, `text` is the file's whole text. What a new
/// school's site is made from is `EmbeddedSample.files`, relative to `content/`.
public typealias CarriedTemplate = (path: String, text: StaticString)
