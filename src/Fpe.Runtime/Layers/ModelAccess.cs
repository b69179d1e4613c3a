namespace Fpe;

/// <summary>
/// Guards a model: any number of readers, or one writer, whose thread may also read. A use that conflicts with another fails immediately,
/// so nothing waits and nothing can deadlock. The memory is freed when the model is closed and the last use has ended.
/// </summary>
/// <param name="model">Name of the model, for messages.</param>
internal sealed class ModelAccess(string model)
{
    private readonly Lock gate = new();
    private int readers;
    private ModelUse? lastRead;
    private ModelUse? write;
    private int writerThread;
    private bool isClosed;
    private Action? free;

    /// <summary>Reads until the result is disposed.</summary>
    /// <inheritdoc cref="EnterRead" path="/exception"/>
    public Scope Read(ModelUse use)
    {
        EnterRead(use);
        return new Scope(this, isWrite: false);
    }

    /// <summary>Changes the model until the result is disposed.</summary>
    /// <inheritdoc cref="EnterWrite" path="/exception"/>
    public Scope Write(ModelUse use)
    {
        EnterWrite(use);
        return new Scope(this, isWrite: true);
    }

    /// <summary>Begins reading; <see cref="ExitRead"/> ends it.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    public void EnterRead(ModelUse use)
    {
        lock (gate)
        {
            bool isWriter = write is not null && writerThread == Environment.CurrentManagedThreadId;
            if (!isWriter)
                RequireOpen();
            if (write is not null && !isWriter)
                throw new ModelInUseException(model, use, write, isOwnThread: false);
            readers++;
            lastRead = use;
        }
    }

    /// <summary>Ends a use that <see cref="EnterRead"/> began.</summary>
    public void ExitRead()
    {
        Action? unused;
        lock (gate)
        {
            readers--;
            unused = TakeFree();
        }

        unused?.Invoke();
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
            if (readers > 0)
                throw new ModelInUseException(model, use, lastRead!, isOwnThread: false);
            write = use;
            writerThread = Environment.CurrentManagedThreadId;
        }
    }

    /// <summary>Ends a use that <see cref="EnterWrite"/> began.</summary>
    public void ExitWrite()
    {
        Action? unused;
        lock (gate)
        {
            write = null;
            unused = TakeFree();
        }

        unused?.Invoke();
    }

    /// <summary>Rejects all further uses, and frees the memory once those in progress have ended. A second call does nothing.</summary>
    public void Close(Action freeMemory)
    {
        Action? unused;
        lock (gate)
        {
            if (isClosed)
                return;
            isClosed = true;
            free = freeMemory;
            unused = TakeFree();
        }

        unused?.Invoke();
    }

    private void RequireOpen()
    {
        if (isClosed)
            throw new ObjectDisposedException(model, $"{model} was disposed; its weights no longer exist.");
    }

    /// <summary>
    /// Returns the action that frees the memory, once, if the model is closed and no longer in use; otherwise null. The caller holds the
    /// gate.
    /// </summary>
    private Action? TakeFree()
    {
        if (readers > 0 || write is not null)
            return null;
        (Action? unused, free) = (free, null);
        return unused;
    }

    /// <summary>A use that lasts until it is disposed, once.</summary>
    internal readonly ref struct Scope(ModelAccess access, bool isWrite)
    {
        public void Dispose()
        {
            if (isWrite)
                access.ExitWrite();
            else
                access.ExitRead();
        }
    }
}
