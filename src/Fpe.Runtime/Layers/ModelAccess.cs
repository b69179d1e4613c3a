using System.Runtime.InteropServices;

namespace Fpe;

/// <summary>
/// Guards a model: any number of readers, or one writer, whose thread may also read. A use that conflicts with another fails immediately,
/// so nothing waits and nothing can deadlock. The memory is freed when the model is closed and the last use has ended.
/// </summary>
/// <remarks>
/// Readers count themselves in stripes, and then look whether the gate is shut; whoever shuts it counts the readers afterwards. So at least
/// one of a reader and a writer that meet sees the other, and a reader that sees a shut gate decides at the gate, where they are one after the other.
/// </remarks>
internal sealed class ModelAccess
{
    private readonly Lock gate = new();
    private readonly string model;
    private readonly Readers[] readers;
    private volatile bool isShut;
    private ModelUse? write;
    private int writerThread;
    private bool isClosed;
    private Action? free;

    /// <summary>Guards a model.</summary>
    /// <param name="model">Name of the model, for messages.</param>
    /// <param name="stripes">The number of stripes in which readers are counted, a power of two; null for that of the processors.</param>
    public ModelAccess(string model, int? stripes = null)
    {
        this.model = model;
        readers = new Readers[stripes ?? Stripes.Count];
    }

    /// <summary>Reads until the result is disposed.</summary>
    /// <inheritdoc cref="EnterRead" path="/exception"/>
    public Scope Read(ModelUse use) => new(this, EnterRead(use));

    /// <summary>Changes the model until the result is disposed.</summary>
    /// <inheritdoc cref="EnterWrite" path="/exception"/>
    public Scope Write(ModelUse use)
    {
        EnterWrite(use);
        return new Scope(this, Scope.Write);
    }

    /// <summary>Begins reading; <see cref="ExitRead"/> ends it.</summary>
    /// <returns>The stripe that counts the reader.</returns>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public int EnterRead(ModelUse use)
    {
        int stripe = Stripes.IndexOf(readers.Length);
        Interlocked.Increment(ref readers[stripe].Count);
        if (isShut)
            EnterShut(use, stripe);
        readers[stripe].Last = use;
        return stripe;
    }

    /// <summary>Ends a use that <see cref="EnterRead"/> began.</summary>
    /// <param name="stripe">The stripe that it returned.</param>
    public void ExitRead(int stripe)
    {
        Interlocked.Decrement(ref readers[stripe].Count);
        if (isShut)
            FreeIfUnused();
    }

    /// <summary>Begins changing the model; <see cref="ExitWrite"/> ends it, on the same thread.</summary>
    /// <exception cref="ModelInUseException">The model is in use.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public void EnterWrite(ModelUse use)
    {
        lock (gate)
        {
            RequireOpen();
            if (write is not null)
                throw new ModelInUseException(model, use, write, writerThread == Environment.CurrentManagedThreadId);
            Shut();
            if (LastRead() is { } read)
            {
                isShut = false;
                throw new ModelInUseException(model, use, read, isOwnThread: false);
            }

            write = use;
            writerThread = Environment.CurrentManagedThreadId;
        }
    }

    /// <summary>Ends a use that <see cref="EnterWrite"/> began, on the same thread.</summary>
    public void ExitWrite()
    {
        lock (gate)
        {
            write = null;
            isShut = isClosed;
        }

        FreeIfUnused();
    }

    /// <summary>Rejects all further uses, and frees the memory once those in progress have ended. A second call does nothing.</summary>
    public void Close(Action freeMemory)
    {
        lock (gate)
        {
            if (isClosed)
                return;
            isClosed = true;
            free = freeMemory;
            Shut();
        }

        FreeIfUnused();
    }

    /// <summary>Decides whether a reader that counted itself may read although the gate was shut.</summary>
    private void EnterShut(ModelUse use, int stripe)
    {
        Exception? refusal = null;
        lock (gate)
        {
            bool isWriter = write is not null && writerThread == Environment.CurrentManagedThreadId;
            if (isWriter)
                return;
            if (isClosed)
                refusal = Closed();
            else if (write is not null)
                refusal = new ModelInUseException(model, use, write, isOwnThread: false);

            // Before another writer can be at the gate, which would take it for a reader.
            if (refusal is not null)
                Interlocked.Decrement(ref readers[stripe].Count);
        }

        if (refusal is null)
            return;
        FreeIfUnused();
        throw refusal;
    }

    /// <summary>Makes readers decide at the gate; those that have not seen it are counted afterwards. The caller holds the gate.</summary>
    private void Shut()
    {
        isShut = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>Returns what a reader is doing; null if there is none.</summary>
    private ModelUse? LastRead()
    {
        foreach (ref Readers stripe in readers.AsSpan())
        {
            if (Volatile.Read(ref stripe.Count) > 0)
                return stripe.Last ?? ModelUse.Reading;
        }

        return null;
    }

    private void RequireOpen()
    {
        if (isClosed)
            throw Closed();
    }

    private ObjectDisposedException Closed() => new(model, $"{model} was disposed; its weights no longer exist.");

    /// <summary>Frees the memory, once, if the model is closed and no longer in use.</summary>
    private void FreeIfUnused()
    {
        Action? unused = null;
        lock (gate)
        {
            if (isClosed && write is null && LastRead() is null)
                (unused, free) = (free, null);
        }

        unused?.Invoke();
    }

    /// <summary>A stripe of readers.</summary>
    [StructLayout(LayoutKind.Explicit, Size = Stripes.Bytes)]
    private struct Readers
    {
        [FieldOffset(0)]
        public ModelUse? Last;

        [FieldOffset(8)]
        public int Count;
    }

    /// <summary>A use that lasts until it is disposed, once.</summary>
    /// <param name="access">The guard.</param>
    /// <param name="stripe">The stripe that counts a reader, or <see cref="Write"/>.</param>
    internal readonly ref struct Scope(ModelAccess access, int stripe)
    {
        /// <summary>Stands for a writer.</summary>
        public const int Write = -1;

        public void Dispose()
        {
            if (stripe == Write)
                access.ExitWrite();
            else
                access.ExitRead(stripe);
        }
    }
}
