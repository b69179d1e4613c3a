using System.Diagnostics;
using Fpe.Fuzz.Mutation;
using Fpe.Numerics;

namespace Fpe.Fuzz.Running;

/// <summary>
/// Feeds a reader with damaged files: every valid file cut at every length first, then random damage. Input i of a seed is the
/// same file on every machine. Only errors that derive from <see cref="FpeException"/> may escape, and no file may make the reader
/// allocate more than its bound.
/// </summary>
/// <param name="folder">Where files are written; in memory, if possible.</param>
/// <param name="seed">Any number.</param>
public sealed class Fuzzer(string folder, long seed)
{
    private const long DiskPeriod = 256;

    private long started = long.MaxValue;

    /// <summary>How long the present input has taken so far; may be asked by another thread.</summary>
    public TimeSpan TimeOnInput => Volatile.Read(ref started) is var from && from == long.MaxValue ? TimeSpan.Zero : Stopwatch.GetElapsedTime(from);

    /// <summary>The present input; may be asked by another thread.</summary>
    public long Input { get; private set; }

    /// <summary>Feeds a reader.</summary>
    /// <param name="target">The reader.</param>
    /// <param name="inputs">How many files.</param>
    /// <param name="first">Number of the first one, to repeat a failure.</param>
    /// <exception cref="FuzzFailure">It did what it must not; the file is kept.</exception>
    public FuzzResult Run(FuzzTarget target, long inputs, long first = 0)
    {
        string path = Path.Combine(folder, target.FileName);
        foreach (FuzzSeed valid in target.Seeds)
            ReadValid(target, path, valid);

        long accepted = 0, largest = 0;
        double share = 0;
        var slowest = TimeSpan.Zero;
        var errors = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (long i = first; i < first + inputs; i++)
        {
            Input = i;
            byte[] file = InputAt(target, i);
            bool throughDisk = i % DiskPeriod == 0;
            if (throughDisk)
                File.WriteAllBytes(path, file);
            (string? error, long allocated, TimeSpan time) = Feed(target, throughDisk ? () => target.ReadFile(path) : () => target.Read(file), file, i);
            if (error is null)
                accepted++;
            else
                errors[error] = errors.GetValueOrDefault(error) + 1;

            largest = Math.Max(largest, allocated);
            share = Math.Max(share, (double)allocated / target.AllocationBound(file.Length));
            slowest = time > slowest ? time : slowest;
            if (allocated > target.AllocationBound(file.Length))
                throw Failure(target, file, i, $"{file.Length} bytes made it allocate {allocated} bytes, more than the {target.AllocationBound(file.Length)} it may.", null);
        }

        return new FuzzResult(inputs, accepted, errors, largest, share, slowest);
    }

    private static void ReadValid(FuzzTarget target, string path, FuzzSeed valid)
    {
        File.WriteAllBytes(path, valid.File);
        target.ReadFile(path);
        target.Read(valid.File);
    }

    private byte[] InputAt(FuzzTarget target, long index)
    {
        long rest = index;
        foreach (FuzzSeed valid in target.Seeds)
        {
            byte[] file = valid.File;
            if (rest < file.Length)
                return file[..(int)rest];
            rest -= file.Length;
        }

        var random = new RandomStream(seed, RandomPurpose.Synthesis, index);
        return new Mutator(random).Mutate(target.Seeds[random.NextInt32(target.Seeds.Count)], target.Seeds);
    }

    private (string? Error, long Allocated, TimeSpan Time) Feed(FuzzTarget target, Action read, byte[] file, long index)
    {
        string? error = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        long from = Stopwatch.GetTimestamp();
        Volatile.Write(ref started, from);
        try
        {
            read();
        }
        catch (FpeException expected)
        {
            error = expected.GetType().Name;
        }
        catch (Exception unexpected)
        {
            throw Failure(target, file, index, $"{unexpected.GetType().Name} escaped: {unexpected.Message}", unexpected);
        }
        finally
        {
            Volatile.Write(ref started, long.MaxValue);
        }

        return (error, GC.GetAllocatedBytesForCurrentThread() - before, Stopwatch.GetElapsedTime(from));
    }

    private FuzzFailure Failure(FuzzTarget target, byte[] file, long index, string problem, Exception? inner)
    {
        string kept = Path.Combine(Path.GetTempPath(), $"fpe-fuzz-{target.Name}-{seed}-{index}-{target.FileName}");
        File.WriteAllBytes(kept, file);
        return new FuzzFailure(target.Name, seed, index, kept, problem, inner);
    }
}
