/*
** A VFS for tests, in builds with the feature "faults" alone: it forwards everything to the default VFS, counts the
** calls that change what is on disk (xWrite, xSync, xTruncate of every file, and xDelete), and lets the n-th of them
** go wrong. src/faults.rs says what each action does.
*/
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "sqlite3.h"

enum { NONE = 0, KILL = 1, TORN_KILL = 2, POWER_CUT = 3, IO_ERROR = 4, FULL = 5 }; /* as in src/faults.rs */

/* What a write or truncation replaced, for a power cut to bring back. The newest first. */
typedef struct Undo Undo;
struct Undo {
  Undo *older;
  sqlite3_int64 size;   /* of the whole file, before */
  sqlite3_int64 offset; /* where `len` bytes of `old` were */
  int len;
  unsigned char old[1];
};

/* The real file lies right behind it in memory. */
typedef struct Faulty Faulty;
struct Faulty {
  sqlite3_file base;
  sqlite3_file *real;
  Undo *unsynced;
  Faulty *next, **link;
};

static struct {
  sqlite3_vfs *real;
  sqlite3_uint64 calls, at;
  int action;
  Faulty *open;
} faults;

static sqlite3_mutex *mutex(void) { return sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1); }

static sqlite3_file *real(sqlite3_file *file) { return ((Faulty*)file)->real; }

/* ---- What goes wrong --------------------------------------------------------------------------------------- */

static void forget(Faulty *file) {
  while( file->unsynced ){
    Undo *undo = file->unsynced;
    file->unsynced = undo->older;
    sqlite3_free(undo);
  }
}

/* Remembers what is in a range, and the size of the file. Without memory it gives up: this is a test. */
static void remember(Faulty *file, sqlite3_int64 offset, sqlite3_int64 len) {
  sqlite3_int64 size = 0;
  Undo *undo;
  if( file->real->pMethods->xFileSize(file->real, &size) != SQLITE_OK ) return;
  if( offset + len > size ) len = size - offset;
  if( len < 0 ) len = 0;
  undo = sqlite3_malloc64(sizeof(Undo) + (sqlite3_uint64)len);
  if( undo == NULL ) raise(SIGABRT);
  undo->size = size;
  undo->offset = offset;
  undo->len = (int)len;
  if( len > 0 ) file->real->pMethods->xRead(file->real, undo->old, (int)len, offset);
  undo->older = file->unsynced;
  file->unsynced = undo;
}

static void die(void) {
  kill(getpid(), SIGKILL);
  for(;;) pause();
}

/* Everything that was not synced is as it was before; only then the end. */
static void cut_power(void) {
  Faulty *file;
  for(file = faults.open; file; file = file->next){
    Undo *undo;
    for(undo = file->unsynced; undo; undo = undo->older){
      if( undo->len > 0 ) file->real->pMethods->xWrite(file->real, undo->old, undo->len, undo->offset);
      file->real->pMethods->xTruncate(file->real, undo->size);
    }
  }
  die();
}

/* Counts a call. Says what it must do instead of its work: NONE, TORN_KILL, IO_ERROR or FULL. */
static int next_call(void) {
  int action;
  sqlite3_mutex_enter(mutex());
  faults.calls++;
  action = faults.calls >= faults.at ? faults.action : NONE;
  if( action == KILL ) die();
  if( action == POWER_CUT ) cut_power();
  sqlite3_mutex_leave(mutex());
  return action;
}

static int records_undo(void) { return faults.action == POWER_CUT; }

/* ---- The four calls that count ----------------------------------------------------------------------------- */

static int x_write(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 offset) {
  int action = next_call();
  if( action == TORN_KILL ){
    real(file)->pMethods->xWrite(real(file), bytes, len / 2, offset);
    die();
  }
  if( action == IO_ERROR ) return SQLITE_IOERR_WRITE;
  if( action == FULL ) return SQLITE_FULL;
  if( records_undo() ) remember((Faulty*)file, offset, len);
  return real(file)->pMethods->xWrite(real(file), bytes, len, offset);
}

static int x_sync(sqlite3_file *file, int flags) {
  int rc, action = next_call();
  if( action == TORN_KILL ) die();
  if( action == IO_ERROR ) return SQLITE_IOERR_FSYNC;
  rc = real(file)->pMethods->xSync(real(file), flags);
  if( rc == SQLITE_OK ){
    sqlite3_mutex_enter(mutex());
    forget((Faulty*)file);
    sqlite3_mutex_leave(mutex());
  }
  return rc;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size) {
  int action = next_call();
  if( action == TORN_KILL ) die();
  if( action == IO_ERROR ) return SQLITE_IOERR_TRUNCATE;
  if( records_undo() ) remember((Faulty*)file, size, 0x7fffffff);
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int x_delete(sqlite3_vfs *vfs, const char *path, int sync_directory) {
  int action = next_call();
  (void)vfs;
  if( action == TORN_KILL ) die();
  if( action == IO_ERROR ) return SQLITE_IOERR_DELETE;
  return faults.real->xDelete(faults.real, path, sync_directory);
}

/* ---- A file: the rest goes through ------------------------------------------------------------------------- */

static int x_close(sqlite3_file *file) {
  Faulty *faulty = (Faulty*)file;
  sqlite3_mutex_enter(mutex());
  forget(faulty);
  *faulty->link = faulty->next;
  if( faulty->next ) faulty->next->link = faulty->link;
  sqlite3_mutex_leave(mutex());
  return faulty->real->pMethods->xClose(faulty->real);
}

static int x_read(sqlite3_file *f, void *out, int len, sqlite3_int64 at) {
  return real(f)->pMethods->xRead(real(f), out, len, at);
}
static int x_file_size(sqlite3_file *f, sqlite3_int64 *out) { return real(f)->pMethods->xFileSize(real(f), out); }
static int x_lock(sqlite3_file *f, int level) { return real(f)->pMethods->xLock(real(f), level); }
static int x_unlock(sqlite3_file *f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
static int x_check_lock(sqlite3_file *f, int *out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
static int x_control(sqlite3_file *f, int op, void *arg) { return real(f)->pMethods->xFileControl(real(f), op, arg); }
static int x_sector_size(sqlite3_file *f) { return real(f)->pMethods->xSectorSize(real(f)); }
static int x_device(sqlite3_file *f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
static int x_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out) {
  return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}
static int x_shm_lock(sqlite3_file *f, int offset, int n, int flags) {
  return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
static void x_shm_barrier(sqlite3_file *f) { real(f)->pMethods->xShmBarrier(real(f)); }
static int x_shm_unmap(sqlite3_file *f, int delete_it) { return real(f)->pMethods->xShmUnmap(real(f), delete_it); }
static int x_fetch(sqlite3_file *f, sqlite3_int64 at, int len, void **out) {
  return real(f)->pMethods->xFetch(real(f), at, len, out);
}
static int x_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p) { return real(f)->pMethods->xUnfetch(real(f), at, p); }

#define METHODS(version) {                                                                                     \
  version, x_close, x_read, x_write, x_truncate, x_sync, x_file_size, x_lock, x_unlock, x_check_lock,          \
  x_control, x_sector_size, x_device, x_shm_map, x_shm_lock, x_shm_barrier, x_shm_unmap, x_fetch, x_unfetch    \
}
/* By what the real file can: SQLite asks for shared memory and mapping only where the version has them. */
static const sqlite3_io_methods methods[] = { METHODS(1), METHODS(2), METHODS(3) };

/* ---- The VFS ----------------------------------------------------------------------------------------------- */

static int x_open(sqlite3_vfs *vfs, sqlite3_filename path, sqlite3_file *file, int flags, int *out_flags) {
  Faulty *faulty = (Faulty*)file;
  int rc;
  (void)vfs;
  memset(faulty, 0, sizeof(*faulty));
  faulty->real = (sqlite3_file*)(faulty + 1);
  rc = faults.real->xOpen(faults.real, path, faulty->real, flags, out_flags);
  if( faulty->real->pMethods == NULL ) return rc;
  if( rc != SQLITE_OK ){
    faulty->real->pMethods->xClose(faulty->real);
    return rc;
  }
  faulty->base.pMethods = &methods[faulty->real->pMethods->iVersion >= 3 ? 2 : faulty->real->pMethods->iVersion - 1];
  sqlite3_mutex_enter(mutex());
  faulty->next = faults.open;
  faulty->link = &faults.open;
  if( faulty->next ) faulty->next->link = &faulty->next;
  faults.open = faulty;
  sqlite3_mutex_leave(mutex());
  return SQLITE_OK;
}

static int x_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
  (void)vfs;
  return faults.real->xAccess(faults.real, path, flags, out);
}
static int x_full_path(sqlite3_vfs *vfs, const char *path, int room, char *out) {
  (void)vfs;
  return faults.real->xFullPathname(faults.real, path, room, out);
}
static int x_randomness(sqlite3_vfs *vfs, int len, char *out) {
  (void)vfs;
  return faults.real->xRandomness(faults.real, len, out);
}
static int x_sleep(sqlite3_vfs *vfs, int microseconds) {
  (void)vfs;
  return faults.real->xSleep(faults.real, microseconds);
}
static int x_current_time(sqlite3_vfs *vfs, double *out) {
  (void)vfs;
  return faults.real->xCurrentTime(faults.real, out);
}
static int x_last_error(sqlite3_vfs *vfs, int room, char *out) {
  (void)vfs;
  return faults.real->xGetLastError(faults.real, room, out);
}

static sqlite3_vfs faulty_vfs = {
  .iVersion = 1,
  .zName = "attune-faults",
  .xOpen = x_open,
  .xDelete = x_delete,
  .xAccess = x_access,
  .xFullPathname = x_full_path,
  .xRandomness = x_randomness,
  .xSleep = x_sleep,
  .xCurrentTime = x_current_time,
  .xGetLastError = x_last_error,
};

int attune_faults_register(int as_default) {
  int rc = sqlite3_initialize();
  if( rc != SQLITE_OK ) return rc;
  sqlite3_mutex_enter(mutex());
  if( faults.real == NULL ){
    faults.real = sqlite3_vfs_find(NULL);
    if( faults.real != NULL ){
      faulty_vfs.szOsFile = (int)sizeof(Faulty) + faults.real->szOsFile;
      faulty_vfs.mxPathname = faults.real->mxPathname;
    }
  }
  rc = faults.real == NULL ? SQLITE_ERROR : SQLITE_OK;
  sqlite3_mutex_leave(mutex());
  return rc == SQLITE_OK ? sqlite3_vfs_register(&faulty_vfs, as_default) : rc;
}

/* Counts from anew. With NONE nothing goes wrong. */
void attune_faults_arm(sqlite3_uint64 at, int action) {
  sqlite3_mutex_enter(mutex());
  faults.calls = 0;
  faults.at = at;
  faults.action = action;
  sqlite3_mutex_leave(mutex());
}

sqlite3_uint64 attune_faults_calls(void) {
  sqlite3_uint64 calls;
  sqlite3_mutex_enter(mutex());
  calls = faults.calls;
  sqlite3_mutex_leave(mutex());
  return calls;
}
