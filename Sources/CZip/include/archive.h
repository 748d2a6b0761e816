#include <stddef.h>

/* A ZIP archive in memory, read by libzip. The library brings others with it that take longer to load than a whole build without
   changes, so it is loaded when the first archive is opened. */

typedef struct archive archive;

enum archive_result { archive_ok = 0, archive_no_library = 1, archive_damaged = 2 };

/* The bytes must outlive the archive. */
enum archive_result archive_open(const void *bytes, size_t count, archive **result);

/* How many entries there are, and their names, from 0 on; NULL where there is none. */
ptrdiff_t archive_count(archive *archive);
const char *archive_name(archive *archive, size_t index);

/* The size of an entry, unpacked; -1 where there is none of that name. */
ptrdiff_t archive_size(archive *archive, const char *name);

/* Unpacks an entry into a buffer of its size; 0 where that fails. */
int archive_read(archive *archive, const char *name, void *buffer, size_t size);

void archive_close(archive *archive);
