using System.Globalization;
using System.Text.RegularExpressions;
using Fpe.Checkpoints;
using Fpe.Files;

namespace Fpe.Training;

/// <summary>
/// The checkpoints of one run: <c>checkpoint-0000000042.safetensors</c> after 42 steps, and <c>best.safetensors</c>. A lock, which the
/// operating system releases when the process ends, prevents a second run from using the folder.
/// </summary>
internal sealed partial class CheckpointFolder : IDisposable
{
    private readonly CheckpointOptions options;
    private readonly FileStream? held;

    /// <summary>Opens the folder, creates it if it does not exist, and deletes unfinished files of a killed process.</summary>
    /// <exception cref="TrainingOptionsException">The folder contains checkpoints, but <see cref="CheckpointOptions.Resume"/> is not set.</exception>
    /// <exception cref="FileAccessException">The folder cannot be used, or another run uses it.</exception>
    public CheckpointFolder(CheckpointOptions options)
    {
        this.options = options;
        try
        {
            Directory.CreateDirectory(options.Folder);
            held = FileInUse.WaitFor(
                () => new FileStream(Path.Combine(options.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None),
                "another run uses it; wait until it ends, or use another folder.");
            Delete(Directory.GetFiles(options.Folder, AtomicFile.TemporaryNames));
            Last = Checkpoints().LastOrDefault();
            if (Last is not null && !options.Resume)
                throw new TrainingOptionsException(nameof(TrainingOptions.Checkpoints), $"{Last} belongs to an earlier run; resume it, or use another folder.");
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            held?.Dispose();
            throw FileAccessException.Writing(options.Folder, error);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>The checkpoint with the most steps when the folder was opened; null if there was none.</summary>
    public string? Last { get; }

    /// <summary>Reads <see cref="Last"/>, for other ranks as well; null if there is none.</summary>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    /// <exception cref="CheckpointUnsupportedException">The file is too large to be sent to other ranks.</exception>
    public byte[]? ReadLast()
    {
        if (Last is null)
            return null;
        try
        {
            using FileStream stream = ReadableFile.OpenWhole(Last);
            if (stream.Length > Array.MaxLength)
                throw new CheckpointUnsupportedException(Last, $"its {stream.Length} bytes are more than the {Array.MaxLength} that ranks can send each other; resume with one rank.");
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (IOException error)
        {
            throw FileAccessException.Reading(Last, error);
        }
    }

    /// <summary>Saves a checkpoint, and then deletes those that are no longer kept.</summary>
    /// <param name="step">The number of steps of the run.</param>
    /// <param name="write">Writes the file.</param>
    /// <exception cref="FileAccessException">The disk is full, or permission is missing; earlier checkpoints are unchanged.</exception>
    public void Save(long step, Action<Stream> write)
    {
        AtomicFile.Write(Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"checkpoint-{step:D10}.safetensors")), write);
        try
        {
            Delete(Checkpoints().SkipLast(options.KeepLast));
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Writing(options.Folder, error);
        }
    }

    /// <summary>Saves the model of the best epoch so far.</summary>
    /// <exception cref="FileAccessException">The disk is full, or permission is missing; the previous best model is unchanged.</exception>
    public void SaveBest(Model model) => model.Save(Path.Combine(options.Folder, "best.safetensors"));

    public void Dispose() => held?.Dispose();

    // A file that another program has open is deleted by the next save or the next run.
    private static void Delete(IEnumerable<string> files)
    {
        foreach (string file in files)
            FileInUse.DeleteIfFree(file);
    }

    /// <summary>Returns the checkpoints, ordered by step.</summary>
    private IEnumerable<string> Checkpoints() => Directory.GetFiles(options.Folder)
        .Where(path => CheckpointName().IsMatch(Path.GetFileName(path)))
        .OrderBy(path => path.Length)
        .ThenBy(path => path, StringComparer.Ordinal);

    [GeneratedRegex(@"^checkpoint-\d{10,19}\.safetensors$", RegexOptions.CultureInvariant)]
    private static partial Regex CheckpointName();
}
