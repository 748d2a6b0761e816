private import CArena
private import CCmark
private import Glibc

/// libcmark's tree of a text; it lives as long as this object, and so must every `MarkdownNode` taken from it.
/// Its memory belongs to the thread that parsed it, which must be the one that drops it.
final class MarkdownTree {
    let root: MarkdownNode

    init(_ bytes: ArraySlice<UInt8>) {
        arena_begin()
        let parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, arena)
        bytes.withUnsafeBytes { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        root = MarkdownNode(pointer: cmark_parser_finish(parser)!)
    }

    deinit { arena_end() }
}

/// libcmark's allocator; it never changes.
private nonisolated(unsafe) let arena: UnsafeMutablePointer<cmark_mem> = {
    let memory = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
    memory.initialize(to: cmark_mem(calloc: arena_calloc, realloc: arena_realloc, free: arena_free))
    return memory
}()

/// A node of libcmark's tree. Valid only while its `MarkdownTree` is.
struct MarkdownNode: Hashable {
    fileprivate let pointer: OpaquePointer

    enum Kind {
        case document, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
        case text, softBreak, lineBreak, code, htmlInline, emphasis, strong, link, image
        case custom
    }

    var kind: Kind {
        switch cmark_node_get_type(pointer) {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_BLOCK_QUOTE: .blockQuote
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_CODE_BLOCK: .codeBlock
        case CMARK_NODE_HTML_BLOCK: .htmlBlock
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_CODE: .code
        case CMARK_NODE_HTML_INLINE: .htmlInline
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        default: .custom
        }
    }

    var parent: MarkdownNode? { node(cmark_node_parent(pointer)) }
    var next: MarkdownNode? { node(cmark_node_next(pointer)) }
    var previous: MarkdownNode? { node(cmark_node_previous(pointer)) }
    var firstChild: MarkdownNode? { node(cmark_node_first_child(pointer)) }
    var lastChild: MarkdownNode? { node(cmark_node_last_child(pointer)) }

    var children: Children { Children(following: firstChild) }

    struct Children: Sequence, IteratorProtocol {
        fileprivate var following: MarkdownNode?

        mutating func next() -> MarkdownNode? {
            let node = following
            following = node?.next
            return node
        }
    }

    /// Lines count from 1 in the text that was parsed; columns are byte columns, from 1.
    var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
    var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
    var startColumn: Int { Int(cmark_node_get_start_column(pointer)) }

    /// The bytes of a text, code or HTML node; valid while the tree is.
    var literal: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_literal(pointer)) }
    var url: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_url(pointer)) }
    var title: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_title(pointer)) }
    var fenceInfo: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_fence_info(pointer)) }

    var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
    var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
    var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }

    private func node(_ pointer: OpaquePointer?) -> MarkdownNode? { pointer.map(MarkdownNode.init) }

    private func bytes(_ string: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
        guard let string else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(string).assumingMemoryBound(to: UInt8.self), count: strlen(string))
    }
}
