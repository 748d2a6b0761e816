/* renameat2(2), which glibc declares only under _GNU_SOURCE. */
extern int renameat2(int, const char *, int, const char *, unsigned int);
enum { noticeboard_rename_exchange = 2 };
