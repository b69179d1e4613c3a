using System.IO.Compression;
using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class NpyTargetsTests : IDisposable
{
    private static readonly byte[] Samples = NpyBytes.Array("|u1", "(3, 2)", [0, 1, 2, 3, 4, 5]);

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Targets_are_numbers_one_or_several()
    {
        byte[] one = NpyBytes.Array("<f4", "(3,)", NpyBytes.Singles(0.5f, -1, 2)), flags = NpyBytes.Array("|b1", "(3, 2)", [0, 1, 1, 1, 0, 0]);
        string features = folder.Write("x.npy", Samples), targets = folder.Write("y.npy", one), labels = folder.Write("z.npy", flags);
        string archive = folder.Write("xy.npz", NpyBytes.Archive(CompressionLevel.Fastest, ("features.npy", Samples), ("targets.npy", one), ("flags.npy", flags)));
        foreach (Dataset dataset in new[] { NpyTargets.Read(features, targets), NpyTargets.Open(features, targets), NpyTargets.ReadNpz(archive) })
        {
            Assert.Equal((3, 2, 1, false), (dataset.Count, dataset.FeatureCount, dataset.OutputCount, dataset.HasLabels));
            Assert.Equal([2f, 3], dataset.Sample(1));
            Assert.Equal([0.5f, -1, 2], dataset.Targets!);
        }

        foreach (Dataset dataset in new[] { NpyTargets.Read(features, labels), NpyTargets.Open(features, labels), NpyTargets.ReadNpz(archive, targets: "flags") })
        {
            Assert.Equal(2, dataset.OutputCount);
            Assert.Equal([0, 1, 1, 1, 0, 0], dataset.Targets!);
        }
    }

    [Fact]
    public void Targets_have_to_fit_the_samples()
    {
        AssertError<FileMislabelledException>(NpyBytes.Array("<f4", "(2,)", NpyBytes.Singles(0, 1)), $"2 rows of target values, but {folder.PathOf("x.npy")} has 3 samples; use two arrays that belong together.");
        AssertError<FileUnsupportedException>(NpyBytes.Array("<f4", "()", NpyBytes.Singles(0)), "targets of shape () are not some values per sample; save them as [samples] or [samples, targets].");
        AssertError<FileUnsupportedException>(NpyBytes.Array("<f4", "(3, 1, 1)", NpyBytes.Singles(0, 1, 2)), "targets of shape (3, 1, 1) are not some values per sample; save them as [samples] or [samples, targets].");
        AssertError<FileUnsupportedException>(NpyBytes.Array("<f4", "(3, 0)", []), "targets of shape (3, 0) are not some values per sample; save them as [samples] or [samples, targets].");
        AssertError<FileCorruptException>(NpyBytes.Array("<f4", "(3,)", NpyBytes.Singles(0, float.NaN, 2)), "byte 132: number 1 is NaN as a 32-bit number; replace it with a finite one, or remove its sample.");
        AssertError<FileUnsupportedException>(NpyBytes.Array("<U1", "(3,)", new byte[12]), "it contains texts of type <U1, but numbers are required; convert them, as with x.astype('float32').");
    }

    private void AssertError<TException>(byte[] targets, string message)
        where TException : DataFileException
    {
        string features = folder.Write("x.npy", Samples), path = folder.Write("y.npy", targets);
        Assert.Equal($"{path}: {message}", Assert.Throws<TException>(() => NpyTargets.Read(features, path)).Message);
        Assert.Throws<TException>(() => NpyTargets.Open(features, path));
    }
}
