using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class NpyClassesTests : IDisposable
{
    private static readonly byte[] Labels = NpyBytes.Array("<i8", "(3,)", NpyBytes.Int64s(0, 2, 1));

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Further_dimensions_are_the_values_of_a_sample()
    {
        string features = folder.Write("x.npy", NpyBytes.Array("|u1", "(3, 2, 2)", [.. Enumerable.Range(0, 12).Select(i => (byte)i)])), labels = folder.Write("y.npy", Labels);
        foreach (Dataset dataset in new[] { NpyClasses.Read(features, labels), NpyClasses.Open(features, labels) })
        {
            Assert.Equal((3, 4, 3), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
            Assert.Equal([4f, 5, 6, 7], dataset.Sample(1));
            Assert.Equal([0, 2, 1], Enumerable.Range(0, 3).Select(dataset.Label));
        }

        Assert.Equal(10, NpyClasses.Read(features, labels, classCount: 10).OutputCount);
    }

    [Fact]
    public void Labels_may_be_Booleans()
    {
        string features = folder.Write("x.npy", NpyBytes.Array("|b1", "(3, 2)", [0, 1, 1, 1, 0, 0])), labels = folder.Write("y.npy", NpyBytes.Array("|b1", "(3,)", [1, 0, 1]));
        Dataset dataset = NpyClasses.Read(features, labels);
        Assert.Equal([0, 1, 1, 1, 0, 0], dataset.Features!);
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(dataset.Label));
        Assert.Equal(2, dataset.OutputCount);
    }

    [Fact]
    public void Labels_may_be_names()
    {
        byte[] names = NpyBytes.Array("<U4", "(3,)", [.. "cat\0ant cat\0".SelectMany(c => new byte[] { (byte)c, 0, 0, 0 })]);
        byte[] samples = NpyBytes.Array("|u1", "(3, 2)", [0, 1, 2, 3, 4, 5]);
        string features = folder.Write("x.npy", samples), labels = folder.Write("y.npy", names);
        string archive = folder.Write("xy.npz", NpyBytes.Archive(System.IO.Compression.CompressionLevel.Fastest, ("features.npy", samples), ("labels.npy", names)));
        foreach (NamedClasses named in new[] { NpyClasses.ReadNamed(features, labels), NpyClasses.OpenNamed(features, labels), NpyClasses.ReadNamedNpz(archive) })
        {
            Assert.Equal(["ant", "cat"], named.ClassNames);
            Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(named.Dataset.Label));
            Assert.Equal([2f, 3], named.Dataset.Sample(1));
        }

        Assert.Equal(3, NpyClasses.ReadNamed(features, labels, ["bee", "cat", "ant"]).Dataset.OutputCount);
        Assert.Equal($"{labels}: byte 144: 'ant' is none of the 2 classes; correct it, or add it to the class names.", Assert.Throws<FileMislabelledException>(() => NpyClasses.ReadNamed(features, labels, ["bee", "cat"])).Message);
        Assert.Equal($"{labels}: it contains texts of type <U4, but integers are required; read names of classes with NpyClasses.ReadNamed, or convert them.", Assert.Throws<FileUnsupportedException>(() => NpyClasses.Read(features, labels)).Message);
        Assert.Equal($"{labels}: it contains texts of type <U4, but numbers are required; convert them, as with x.astype('float32').", Assert.Throws<FileUnsupportedException>(() => NpyClasses.Open(labels, labels)).Message);
    }

    [Fact]
    public void Labels_have_to_be_classes_of_the_samples()
    {
        AssertLabels<FileMislabelledException>("<i8", "(2,)", NpyBytes.Int64s(0, 1), $"2 labels, but {folder.PathOf("x.npy")} has 3 samples; use two arrays that belong together.");
        AssertLabels<FileMislabelledException>("<i8", "(3,)", NpyBytes.Int64s(0, -1, 1), "byte 136: label -1 of sample 1 is not a class from 0 to 2; correct it or the number of classes.");
        AssertLabels<FileMislabelledException>("<i8", "(3, 1)", NpyBytes.Int64s(0, 1, 3), "byte 144: label 3 of sample 2 is not a class from 0 to 2; correct it or the number of classes.");
        AssertLabels<FileUnsupportedException>("<f4", "(3,)", NpyBytes.Singles(0, 1, 2), "it contains numbers of type <f4, but integers are required; convert them, as with y.astype('int64').");
        AssertLabels<FileUnsupportedException>("<i8", "(1, 3)", NpyBytes.Int64s(0, 1, 2), "labels of shape (1, 3) are not one class per sample; save them as [samples].");
        AssertLabels<FileUnsupportedException>("<i8", "()", NpyBytes.Int64s(0), "labels of shape () are not one class per sample; save them as [samples].");
    }

    [Fact]
    public void Samples_have_to_be_there_and_in_one_piece()
    {
        string labels = folder.Write("y.npy", Labels);
        string empty = folder.Write("x.npy", NpyBytes.Array("<f4", "(0, 5)", []));
        Assert.Equal($"{empty}: its shape (0, 5) has no samples; save at least one.", Assert.Throws<FileEmptyException>(() => NpyClasses.Read(empty, labels)).Message);
        string single = folder.Write("x.npy", NpyBytes.Array("<f4", "()", NpyBytes.Singles(1)));
        Assert.Equal($"{single}: it is a single number; samples must be an array [samples, values].", Assert.Throws<FileUnsupportedException>(() => NpyClasses.Open(single, labels)).Message);

        string fortran = folder.Write("x.npy", NpyBytes.Array("|u1", "(3, 2)", [0, 1, 2, 10, 11, 12], isFortranOrder: true));
        Assert.Equal([1f, 11f], NpyClasses.Read(fortran, labels).Sample(1));
        Assert.Equal(
            $"{fortran}: it is in Fortran order, in which samples are not contiguous; read it instead of opening it, or save it with numpy.ascontiguousarray(x).",
            Assert.Throws<FileUnsupportedException>(() => NpyClasses.Open(fortran, labels)).Message);
    }

    private void AssertLabels<TException>(string descr, string shape, byte[] content, string message)
        where TException : DataFileException
    {
        string features = folder.Write("x.npy", NpyBytes.Array("<f4", "(3, 1)", NpyBytes.Singles(1, 2, 3))), labels = folder.Write("y.npy", NpyBytes.Array(descr, shape, content));
        Assert.Equal($"{labels}: {message}", Assert.Throws<TException>(() => NpyClasses.Read(features, labels)).Message);
        Assert.Throws<TException>(() => NpyClasses.Open(features, labels));
    }
}
