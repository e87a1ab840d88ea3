using System.Runtime.ExceptionServices;
using Karst.Events;

namespace Karst.Engine.Scanning;

/// <summary>
/// The parts of all files in the order of the input. Threads read and scan them side by side: one part at a time has its turn to give rows to the searches,
/// and what a later one gives is held until then. How many parts may hold rows is bounded, and so is memory.
/// </summary>
sealed class ScanOrder(IEnumerable<FileScan> files, int threads, Action<InputProblem> problem, Action onRead)
{
    readonly object _gate = new();
    readonly IEnumerator<FileScan> _files = files.GetEnumerator();
    readonly List<FileScan> _open = [];
    readonly Stack<RawBlock> _free = new();
    // Of open files, and of parts that are under way or hold rows. With one thread the part that is read is the one that has its turn.
    readonly int _most = threads == 1 ? 1 : 4 * threads;
    volatile ScanPart? _next;
    ExceptionDispatchInfo? _failure;
    int _heavy;
    bool _gives;

    /// <summary>Reads all files to their end, or until it is enough; what a thread throws is thrown here.</summary>
    internal void Run(Func<bool> isEnough)
    {
        var helpers = Enumerable.Range(1, threads - 1).Select(_ => new Thread(() => Work(isEnough)) { IsBackground = true }).ToArray();
        foreach (var helper in helpers) helper.Start();
        Work(isEnough);
        foreach (var helper in helpers) helper.Join();
        _files.Dispose();
        if (_failure is not null)
        {
            foreach (var file in _open) file.Close();
            _failure.Throw();
        }
        foreach (var file in _open) file.Finish(problem);
    }

    /// <summary>The part may give rows to the searches.</summary>
    internal bool IsNext(ScanPart part) => ReferenceEquals(_next, part);

    /// <summary>Waits until the part may give rows: the parts before it are under way on other threads.</summary>
    internal void WaitFor(ScanPart part)
    {
        lock (_gate)
        {
            while (!IsNext(part))
            {
                if (_failure is not null) throw new OperationCanceledException();
                Monitor.Wait(_gate);
            }
        }
    }

    void Work(Func<bool> isEnough)
    {
        try
        {
            while (Take(isEnough) is { } part)
            {
                part.Scan();
                lock (_gate)
                {
                    part.IsScanned = true;
                    if (!part.HoldsRows) Lighten(part);
                    Advance();
                }
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(failure);
                Monitor.PulseAll(_gate);
            }
        }
    }

    ScanPart? Take(Func<bool> isEnough)
    {
        while (true)
        {
            FileScan? file;
            RawBlock block;
            lock (_gate)
            {
                while ((file = Readable()) is null)
                {
                    if (_failure is not null || isEnough() || _open.Count == 0) return null;
                    // Whoever reads, or gives rows, wakes those that wait.
                    Monitor.Wait(_gate);
                }
                if (_failure is not null || isEnough())
                {
                    Monitor.PulseAll(_gate);
                    return null;
                }
                file.IsReading = true;
                _heavy++;
                if (!_free.TryPop(out block!)) block = new RawBlock();
            }
            var part = file.Read(this, block);
            lock (_gate)
            {
                file.IsReading = false;
                if (part is null)
                {
                    file.IsRead = true;
                    _heavy--;
                    _free.Push(block);
                }
                else file.Parts.Enqueue(part);
                onRead();
                Advance();
                Monitor.PulseAll(_gate);
            }
            if (part is not null) return part;
        }
    }

    // The earliest file that nobody reads: what comes first in the input is waited for.
    FileScan? Readable()
    {
        for (var i = 0; ; i++)
        {
            if (i == _open.Count)
            {
                if (i >= _most || !_files.MoveNext()) return null;
                _open.Add(_files.Current);
            }
            var file = _open[i];
            // The first file may always go on: the others wait for it.
            if (!file.IsReading && !file.IsRead && (_heavy < _most || i == 0 && file.Parts.Count == 0)) return file;
        }
    }

    // Gives what has its turn, in order, until a part comes that is still under way. Called with the gate held, which is let go while rows are given.
    void Advance()
    {
        if (_gives) return;
        while (_open.Count > 0 && _failure is null)
        {
            var file = _open[0];
            if (!file.Parts.TryPeek(out var part))
            {
                _next = null;
                if (!file.IsRead) return;
                WithoutGate(() => file.Finish(problem));
                _open.RemoveAt(0);
                continue;
            }
            if (!part.IsScanned)
            {
                _next = part;
                Monitor.PulseAll(_gate);
                return;
            }
            _next = null;
            var isHeavy = part.HoldsRows;
            WithoutGate(() => part.Give(problem));
            if (isHeavy) Lighten(part);
            file.Parts.Dequeue();
        }
        Monitor.PulseAll(_gate);
    }

    void WithoutGate(Action give)
    {
        _gives = true;
        Monitor.Exit(_gate);
        try
        {
            give();
        }
        finally
        {
            Monitor.Enter(_gate);
            _gives = false;
        }
    }

    // Its buffer may be filled anew.
    void Lighten(ScanPart part)
    {
        _heavy--;
        _free.Push(part.Block);
        Monitor.PulseAll(_gate);
    }
}
