using Fpe.Data;
using Fpe.Data.Files;
using Fpe.Fuzz.Formats;

namespace Fpe.Runtime.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void Files_are_found_plain_and_compressed(string suffix)
    {
        Func<byte[], byte[]> pack = suffix.Length > 0 ? Gzip.Pack : content => content;
        folder.Write("t10k-images-idx3-ubyte" + suffix, pack(IdxBytes.Images(1, 28, 28, [.. Enumerable.Repeat((byte)255, 784)])));
        folder.Write("t10k-labels-idx1-ubyte" + suffix, pack(IdxBytes.Labels(1, [9])));
        Dataset test = FashionMnist.Test(folder.Path);
        Assert.Equal((1, FashionMnist.Inputs, FashionMnist.Classes, 9), (test.Count, test.FeatureCount, test.OutputCount, test.Label(0)));
        Assert.Equal((1 - 0.2860f) / 0.3530f, test.Sample(0)[783]);
    }

    [Fact]
    public void Missing_data_says_how_to_get_it() =>
        Assert.Equal(
            $"{folder.PathOf("train-images-idx3-ubyte")}: FashionMNIST was not found, neither plain nor .gz; install it with 'apt-get install dataset-fashion-mnist', or specify its folder.",
            Assert.Throws<FileMissingException>(() => FashionMnist.Train(folder.Path)).Message);
}
