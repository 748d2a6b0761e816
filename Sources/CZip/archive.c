#include "archive.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <zip.h>

struct archive {
    zip_t *zip;
};

/* The functions of libzip that are used, once it is loaded. */
static struct {
    __typeof__(&zip_source_buffer_create) source;
    __typeof__(&zip_source_free) free_source;
    __typeof__(&zip_open_from_source) open;
    __typeof__(&zip_stat) stat;
    __typeof__(&zip_get_num_entries) count;
    __typeof__(&zip_get_name) name;
    __typeof__(&zip_fopen) open_entry;
    __typeof__(&zip_fread) read;
    __typeof__(&zip_fclose) close_entry;
    __typeof__(&zip_discard) discard;
} zip;

static int load(void) {
    static const char *const names[] = {"libzip.so.4", "libzip.so.5", "libzip.so"};
    void *library = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && library == NULL; i++)
        library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return 0;
    zip.source = (__typeof__(zip.source))dlsym(library, "zip_source_buffer_create");
    zip.free_source = (__typeof__(zip.free_source))dlsym(library, "zip_source_free");
    zip.open = (__typeof__(zip.open))dlsym(library, "zip_open_from_source");
    zip.stat = (__typeof__(zip.stat))dlsym(library, "zip_stat");
    zip.count = (__typeof__(zip.count))dlsym(library, "zip_get_num_entries");
    zip.name = (__typeof__(zip.name))dlsym(library, "zip_get_name");
    zip.open_entry = (__typeof__(zip.open_entry))dlsym(library, "zip_fopen");
    zip.read = (__typeof__(zip.read))dlsym(library, "zip_fread");
    zip.close_entry = (__typeof__(zip.close_entry))dlsym(library, "zip_fclose");
    zip.discard = (__typeof__(zip.discard))dlsym(library, "zip_discard");
    return zip.source && zip.free_source && zip.open && zip.stat && zip.count && zip.name && zip.open_entry && zip.read && zip.close_entry
        && zip.discard;
}

enum archive_result archive_open(const void *bytes, size_t count, archive **result) {
    if (!load()) return archive_no_library;
    zip_error_t error;
    zip_source_t *source = zip.source(bytes, count, 0, &error);
    if (source == NULL) return archive_damaged;
    zip_t *opened = zip.open(source, ZIP_RDONLY, &error);
    if (opened == NULL) {
        zip.free_source(source);
        return archive_damaged;
    }
    archive *made = malloc(sizeof *made);
    if (made == NULL) abort();
    made->zip = opened;
    *result = made;
    return archive_ok;
}

ptrdiff_t archive_count(archive *archive) { return (ptrdiff_t)zip.count(archive->zip, 0); }

const char *archive_name(archive *archive, size_t index) { return zip.name(archive->zip, index, 0); }

ptrdiff_t archive_size(archive *archive, const char *name) {
    zip_stat_t status;
    if (zip.stat(archive->zip, name, 0, &status) != 0 || !(status.valid & ZIP_STAT_SIZE)) return -1;
    return status.size > PTRDIFF_MAX ? PTRDIFF_MAX : (ptrdiff_t)status.size;
}

int archive_read(archive *archive, const char *name, void *buffer, size_t size) {
    zip_file_t *file = zip.open_entry(archive->zip, name, 0);
    if (file == NULL) return 0;
    size_t done = 0;
    while (done < size) {
        zip_int64_t count = zip.read(file, (char *)buffer + done, size - done);
        if (count <= 0) break;
        done += (size_t)count;
    }
    /* Closing tells whether the checksum was right. */
    return zip.close_entry(file) == 0 && done == size;
}

void archive_close(archive *archive) {
    zip.discard(archive->zip);
    free(archive);
}
