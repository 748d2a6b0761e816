import Formats
import Synchronization

/// Layouts worked out for the sections of a site and the depths of its folders, each when the first page needs it.
final class Layouts: Sendable {
    /// A frame's own values, and the layout that they are worked into.
    final class Layout: Sendable {
        let frame: Record
        let program: TemplateLayout?

        init(frame: Record, program: TemplateLayout?) { (self.frame, self.program) = (frame, program) }
    }

    private struct Key: Hashable {
        let name: String
        let section: String
        let root: String
        let language: String
    }

    private let made = Mutex<[Key: Layout]>([:])

    /// The layout of a name for a section, a root and a language; `make` works it out.
    func layout(_ name: String, section: String, root: String, language: String, make: () -> Layout) -> Layout {
        let key = Key(name: name, section: section, root: root, language: language)
        if let known = made.withLock({ $0[key] }) { return known }
        let layout = make()
        made.withLock { $0[key] = layout }
        return layout
    }
}
