#include <stddef.h>

/* Memory for everything that one piece of work asks of a C library, one arena a thread: hundreds of small pieces, none of
   them needed any longer than the work itself. Works may lie in each other; with the end of the outermost everything is
   given back. What was begun on a thread must end there. */

void arena_begin(void);
void arena_end(void);

/* As in stdlib.h; they abort where no memory is left. Freeing does nothing: the end of the work does it. */
void *arena_calloc(size_t count, size_t size);
void *arena_realloc(void *piece, size_t size);
void arena_free(void *piece);
