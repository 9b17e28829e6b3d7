// SPDX-License-Identifier: Apache-2.0
// SQLite's file layer with a fault that can be switched on: the i-th write, sync, truncation or deletion of a
// project's database files fails, once or from then on, on the thread that asked for it or on all.
#pragma once

#include <QtCore/QMutex>
#include <sqlite3.h>

#include <string_view>

namespace semigda::test
{

class FailingVfs
{
public:
    enum class Fault { None, Once, FromThenOn };
    enum class Threads { Own, All };

    /// Becomes the default file layer; stays for the life of the program.
    static void install()
    {
        static bool isInstalled = false;
        if (isInstalled) {
            return;
        }
        isInstalled = true;
        real() = sqlite3_vfs_find(nullptr);
        static sqlite3_vfs vfs = *real();
        vfs.pNext = nullptr;
        vfs.zName = "failing";
        vfs.szOsFile = static_cast<int>(sizeof(File)) + real()->szOsFile;
        vfs.xOpen = &open;
        vfs.xDelete = &remove;
        sqlite3_vfs_register(&vfs, 1);
    }
    /// The call number `failing` (from 1 on) fails with `code`.
    static void arm(Fault fault, int failing, int code, Threads threads = Threads::Own)
    {
        const QMutexLocker lock(&mutex());
        isForAll() = threads == Threads::All;
        state() = {fault, failing, code, 0, 0};
    }
    static void disarm()
    {
        const QMutexLocker lock(&mutex());
        state().fault = Fault::None;
        isForAll() = false;
    }
    /// Since it was armed; ask before it is disarmed.
    static int calls() { return counted(&State::calls); }
    /// How many of these failed.
    static int refused() { return counted(&State::refused); }

private:
    struct State
    {
        Fault fault = Fault::None;
        int failing = 0;
        int code = SQLITE_IOERR;
        int calls = 0;
        int refused = 0;
    };
    struct File
    {
        sqlite3_file base;
        bool isProject;
    };

    /// To be called with the mutex held.
    static State &state()
    {
        static thread_local State own; // other threads' calls pass
        static State shared;
        return isForAll() ? shared : own;
    }
    static bool &isForAll()
    {
        static bool isShared = false;
        return isShared;
    }
    static QMutex &mutex()
    {
        static QMutex guard;
        return guard;
    }
    static int counted(int State::*number)
    {
        const QMutexLocker lock(&mutex());
        return state().*number;
    }
    static sqlite3_vfs *&real()
    {
        static sqlite3_vfs *vfs = nullptr;
        return vfs;
    }
    static sqlite3_file *inner(sqlite3_file *file)
    {
        return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(File));
    }
    static bool isProjectFile(const char *name)
    {
        return name && std::string_view(name).find("/project.sqlite") != std::string_view::npos;
    }
    /// SQLITE_OK when the call may go on.
    static int pass(bool isProject, int kind)
    {
        if (!isProject) {
            return SQLITE_OK;
        }
        const QMutexLocker lock(&mutex());
        State &s = state();
        ++s.calls;
        const bool isFailing =
            (s.fault == Fault::Once && s.calls == s.failing) || (s.fault == Fault::FromThenOn && s.calls >= s.failing);
        if (!isFailing) {
            return SQLITE_OK;
        }
        ++s.refused;
        return s.code == SQLITE_FULL ? SQLITE_FULL : kind;
    }
    static int pass(sqlite3_file *file, int kind) { return pass(reinterpret_cast<File *>(file)->isProject, kind); }

    static int open(sqlite3_vfs *, sqlite3_filename name, sqlite3_file *file, int flags, int *outFlags)
    {
        file->pMethods = nullptr;
        reinterpret_cast<File *>(file)->isProject = isProjectFile(name);
        if ((flags & SQLITE_OPEN_WAL) != 0) {
            if (const int fault = pass(isProjectFile(name), SQLITE_CANTOPEN); fault != SQLITE_OK) {
                return fault;
            }
        }
        const int result = real()->xOpen(real(), name, inner(file), flags, outFlags);
        if (inner(file)->pMethods) {
            file->pMethods = methods();
        }
        return result;
    }
    static int remove(sqlite3_vfs *, const char *name, int syncDirectory)
    {
        const int fault = pass(isProjectFile(name), SQLITE_IOERR_DELETE);
        return fault != SQLITE_OK ? fault : real()->xDelete(real(), name, syncDirectory);
    }
    static const sqlite3_io_methods *methods()
    {
        static const sqlite3_io_methods table{
            3,
            [](sqlite3_file *f) { return inner(f)->pMethods->xClose(inner(f)); },
            [](sqlite3_file *f, void *to, int size, sqlite3_int64 at) {
                return inner(f)->pMethods->xRead(inner(f), to, size, at);
            },
            [](sqlite3_file *f, const void *from, int size, sqlite3_int64 at) {
                const int fault = pass(f, SQLITE_IOERR_WRITE);
                if (fault != SQLITE_OK) {
                    // As on a real disk, a part may have been written.
                    inner(f)->pMethods->xWrite(inner(f), from, size / 2, at);
                    return fault;
                }
                return inner(f)->pMethods->xWrite(inner(f), from, size, at);
            },
            [](sqlite3_file *f, sqlite3_int64 size) {
                const int fault = pass(f, SQLITE_IOERR_TRUNCATE);
                return fault != SQLITE_OK ? fault : inner(f)->pMethods->xTruncate(inner(f), size);
            },
            [](sqlite3_file *f, int flags) {
                const int fault = pass(f, SQLITE_IOERR_FSYNC);
                return fault != SQLITE_OK ? fault : inner(f)->pMethods->xSync(inner(f), flags);
            },
            [](sqlite3_file *f, sqlite3_int64 *size) { return inner(f)->pMethods->xFileSize(inner(f), size); },
            [](sqlite3_file *f, int lock) { return inner(f)->pMethods->xLock(inner(f), lock); },
            [](sqlite3_file *f, int lock) { return inner(f)->pMethods->xUnlock(inner(f), lock); },
            [](sqlite3_file *f, int *result) { return inner(f)->pMethods->xCheckReservedLock(inner(f), result); },
            [](sqlite3_file *f, int op, void *arg) { return inner(f)->pMethods->xFileControl(inner(f), op, arg); },
            [](sqlite3_file *f) { return inner(f)->pMethods->xSectorSize(inner(f)); },
            [](sqlite3_file *f) { return inner(f)->pMethods->xDeviceCharacteristics(inner(f)); },
            [](sqlite3_file *f, int page, int size, int extend, void volatile **out) {
                const int fault = extend ? pass(f, SQLITE_IOERR_SHMSIZE) : SQLITE_OK;
                return fault != SQLITE_OK ? fault : inner(f)->pMethods->xShmMap(inner(f), page, size, extend, out);
            },
            [](sqlite3_file *f, int offset, int count, int flags) {
                return inner(f)->pMethods->xShmLock(inner(f), offset, count, flags);
            },
            [](sqlite3_file *f) { inner(f)->pMethods->xShmBarrier(inner(f)); },
            [](sqlite3_file *f, int doDelete) { return inner(f)->pMethods->xShmUnmap(inner(f), doDelete); },
            [](sqlite3_file *f, sqlite3_int64 at, int size, void **out) {
                return inner(f)->pMethods->xFetch(inner(f), at, size, out);
            },
            [](sqlite3_file *f, sqlite3_int64 at, void *page) {
                return inner(f)->pMethods->xUnfetch(inner(f), at, page);
            }};
        return &table;
    }
};

} // namespace semigda::test
