using Fpe.Data;
using Fpe.Data.Files;

namespace Fpe.Runtime.Tests.Data;

public sealed class CifarClassesTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Several_files_are_one_data_set()
    {
        string first = folder.Write("1.bin", [.. Record([3], 0), .. Record([9], 51)]), second = folder.Write("2.bin", Record([0], 102));
        foreach (Dataset dataset in new[] { CifarClasses.Read(CifarFormat.Cifar10, first, second), CifarClasses.Open(CifarFormat.Cifar10, first, second) })
        {
            Assert.Equal((3, 3072, 10), (dataset.Count, dataset.FeatureCount, dataset.OutputCount));
            Assert.Equal([3, 9, 0], Enumerable.Range(0, 3).Select(dataset.Label));
            for (int s = 0; s < 3; s++)
                Assert.Equal([.. Pixels(51 * s).Select(p => p / 255f)], dataset.Sample(s));
        }
    }

    [Theory]
    [InlineData(CifarFormat.Cifar100, 100, 99)]
    [InlineData(CifarFormat.Cifar100Coarse, 20, 19)]
    public void Hundred_classes_have_two_labels(CifarFormat format, int classes, int label)
    {
        Dataset dataset = CifarClasses.Read(format, folder.Write("train.bin", Record([19, 99], 7)));
        Assert.Equal((classes, label), (dataset.OutputCount, dataset.Label(0)));
        Assert.Equal([.. Pixels(7).Select(p => p / 255f)], dataset.Sample(0));
    }

    [Fact]
    public void Damage_is_named_with_its_byte()
    {
        AssertError<FileMislabelledException>(CifarFormat.Cifar10, [.. Record([9], 0), .. Record([10], 0)], "byte 3073: label 10 of sample 1 is not a class from 0 to 9; check the format, or fetch the file again.");
        AssertError<FileMislabelledException>(CifarFormat.Cifar100, Record([20, 0], 0), "byte 0: label 20 of sample 0 is not a class from 0 to 19; check the format, or fetch the file again.");
        AssertError<FileMislabelledException>(CifarFormat.Cifar100Coarse, Record([0, 100], 0), "byte 1: label 100 of sample 0 is not a class from 0 to 99; check the format, or fetch the file again.");
        AssertError<FileTruncatedException>(CifarFormat.Cifar10, [.. Record([0], 0), 1, 2], "byte 3075: the file ends after 2 of 3073 bytes of sample 1; it is truncated or has another format: check the format, or fetch it again.");
        AssertError<FileEmptyException>(CifarFormat.Cifar10, [], "it has no bytes; fetch it again.");

        string missing = folder.PathOf("missing.bin");
        Assert.Equal(
            $"{missing}: the file does not exist; unpack cifar-10-binary.tar.gz or cifar-100-binary.tar.gz from https://www.cs.toronto.edu/~kriz/cifar.html and use one of its .bin files.",
            Assert.Throws<FileMissingException>(() => CifarClasses.Read(CifarFormat.Cifar10, missing)).Message);
    }

    private static byte[] Pixels(int first) => [.. Enumerable.Range(first, 3072).Select(p => (byte)p)];

    private static byte[] Record(byte[] labels, int first) => [.. labels, .. Pixels(first)];

    private void AssertError<TException>(CifarFormat format, byte[] content, string message)
        where TException : DataFileException
    {
        string path = folder.Write("damaged.bin", content);
        Assert.Equal($"{path}: {message}", Assert.Throws<TException>(() => CifarClasses.Read(format, path)).Message);
        Assert.Throws<TException>(() => CifarClasses.Open(format, path));
    }
}
