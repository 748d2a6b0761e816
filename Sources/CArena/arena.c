#include "arena.h"

#include <stdlib.h>
#include <string.h>

struct block {
    struct block *next;
    size_t size;
    size_t used;
    size_t unused; /* keeps what follows at a multiple of 16 */
};

enum { usual_size = 1 << 18, head = 16 };

static __thread struct block *blocks;
static __thread size_t works;

void arena_begin(void) { works++; }

void arena_end(void) {
    if (--works || !blocks) return;
    /* The oldest block is kept for the next work. */
    while (blocks->next) {
        struct block *next = blocks->next;
        free(blocks);
        blocks = next;
    }
    blocks->used = sizeof *blocks;
}

static void add_block(size_t wanted) {
    size_t size = wanted + sizeof(struct block) > usual_size ? wanted + sizeof(struct block) : usual_size;
    struct block *block = malloc(size);
    if (!block) abort();
    *block = (struct block){.next = blocks, .size = size, .used = sizeof *block};
    blocks = block;
}

/* A piece carries its size in the bytes before it, for realloc. */
void *arena_calloc(size_t count, size_t size) {
    size_t bytes, wanted;
    if (__builtin_mul_overflow(count, size, &bytes) || __builtin_add_overflow(bytes, head + 15, &wanted)) abort();
    wanted &= ~(size_t)15;
    if (!blocks || blocks->size - blocks->used < wanted) add_block(wanted);
    char *piece = (char *)blocks + blocks->used + head;
    blocks->used += wanted;
    *(size_t *)(piece - head) = wanted - head;
    return memset(piece, 0, wanted - head);
}

void *arena_realloc(void *piece, size_t size) {
    if (!piece) return arena_calloc(1, size);
    size_t had = *(size_t *)((char *)piece - head);
    if (size <= had) return piece;
    return memcpy(arena_calloc(1, size), piece, had);
}

void arena_free(void *piece) { (void)piece; }
