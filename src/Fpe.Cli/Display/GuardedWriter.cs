using System.Text;

namespace Fpe.Cli.Display;

/// <summary>
/// A standard stream that can be closed, full or broken: output that cannot be written is dropped, and the first error is recorded, so that
/// the work continues.
/// </summary>
internal sealed class GuardedWriter : TextWriter
{
    private readonly TextWriter inner;

    /// <summary>Guards a stream.</summary>
    /// <param name="open">Opens the stream, which fails if it is closed.</param>
    public GuardedWriter(Func<TextWriter> open)
    {
        inner = Null;
        try
        {
            inner = open();
        }
        catch (Exception error) when (IsFailure(error))
        {
            Failure = error;
        }
    }

    /// <summary>The error that prevented writing; null if there was none.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => inner.Write(value));

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
            return;
        try
        {
            write();
        }
        catch (Exception error) when (IsFailure(error))
        {
            Failure = error;
        }
    }

    private static bool IsFailure(Exception error) => error is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException;
}
