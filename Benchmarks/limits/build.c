/* The least that a clean build can cost: every notice read and turned into HTML by libcmark, and files of the names and
   sizes of a finished site written from memory, by THREADS threads. What lies between this and a real build is everything
   else: front matter, templates, lists, feeds, checks, hashes.
   usage: build CONTENT FINISHED OUTPUT THREADS */
#define _GNU_SOURCE
#include <cmark.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { step = 8, largest = 32 << 20 };

struct file {
    int folder;
    long size;
    char *name;
};

struct list {
    struct file *files;
    int count, room;
};

static struct list sources, pages;
static atomic_int next;
static char *filler;

static void add(struct list *list, struct file file) {
    if (list->count == list->room)
        list->files = realloc(list->files, (list->room = list->room ? 2 * list->room : 4096) * sizeof *list->files);
    list->files[list->count++] = file;
}

/* Lists the files below `from`; with `to`, the folders are made there, and files belong to them. */
static void walk(struct list *list, int from, int to) {
    DIR *stream = fdopendir(dup(from));
    struct dirent *found;
    while (stream && (found = readdir(stream))) {
        if (found->d_name[0] == '.') continue;
        if (found->d_type == DT_DIR) {
            int made = -1;
            if (to >= 0) {
                mkdirat(to, found->d_name, 0755);
                made = openat(to, found->d_name, O_RDONLY | O_DIRECTORY);
            }
            walk(list, openat(from, found->d_name, O_RDONLY | O_DIRECTORY), made);
            continue;
        }
        struct stat status = {0};
        if (to >= 0) fstatat(from, found->d_name, &status, 0);
        add(list, (struct file){to >= 0 ? to : from, status.st_size, strdup(found->d_name)});
    }
    if (stream) closedir(stream);
}

/* Memory of libcmark: one block a thread, begun anew for every text. */
static __thread char *arena;
static __thread size_t used;

static void *take(size_t count, size_t size) {
    size_t bytes = (count * size + 15) & ~(size_t)15;
    char *piece = arena + used;
    used += bytes + 16;
    *(size_t *)piece = bytes;
    return memset(piece + 16, 0, bytes);
}

static void *grow(void *piece, size_t size) {
    if (!piece) return take(1, size);
    size_t had = *(size_t *)((char *)piece - 16);
    return size <= had ? piece : memcpy(take(1, size), piece, had);
}

static void leave(void *piece) { (void)piece; }

static cmark_mem memory = {take, grow, leave};

static char *behind_front_matter(char *text, char *end) {
    if (end - text < 4 || memcmp(text, "---\n", 4)) return text;
    for (char *line = text + 4; line < end;) {
        char *stop = memchr(line, '\n', end - line);
        if (!stop) break;
        if (stop - line == 3 && !memcmp(line, "---", 3)) return stop + 1;
        line = stop + 1;
    }
    return text;
}

static void render(struct file *file, char *buffer) {
    int opened = openat(file->folder, file->name, O_RDONLY);
    long size = read(opened, buffer, 1 << 20);
    close(opened);
    if (size <= 0) return;
    char *body = behind_front_matter(buffer, buffer + size);
    used = 0;
    cmark_parser *parser = cmark_parser_new_with_mem(0, &memory);
    cmark_parser_feed(parser, body, buffer + size - body);
    volatile size_t length = strlen(cmark_render_html(cmark_parser_finish(parser), 0));
    (void)length;
}

static void put(struct file *file, char *buffer) {
    long size = file->size < largest ? file->size : largest;
    char *content = filler;
    if (size < 1 << 20) content = memcpy(buffer, filler, size);
    int opened = openat(file->folder, file->name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (write(opened, content, size) != size) abort();
    close(opened);
}

static void *work(void *unused) {
    char *buffer = malloc(1 << 20);
    arena = malloc(16 << 20);
    for (int first; (first = atomic_fetch_add(&next, step)) < sources.count + pages.count;)
        for (int i = first; i < first + step && i < sources.count + pages.count; i++)
            i < sources.count ? render(&sources.files[i], buffer) : put(&pages.files[i - sources.count], buffer);
    return unused;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

/* Prints milliseconds; listing the finished site and making its folders do not count. */
int main(int argc, char **argv) {
    if (argc != 5) return 2;
    int threads = atoi(argv[4]);
    filler = memset(malloc(largest), 'x', largest);
    mkdir(argv[3], 0755);
    walk(&pages, open(argv[2], O_RDONLY | O_DIRECTORY), open(argv[3], O_RDONLY | O_DIRECTORY));
    double start = now();
    walk(&sources, open(argv[1], O_RDONLY | O_DIRECTORY), -1);
    pthread_t others[64];
    for (int i = 1; i < threads; i++) pthread_create(&others[i], 0, work, 0);
    work(0);
    for (int i = 1; i < threads; i++) pthread_join(others[i], 0);
    printf("%.2f\n", now() - start);
}
