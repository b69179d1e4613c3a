using Fpe.Data;

namespace Fpe.Benchmarks.Workloads;

/// <summary>FashionMNIST (Xiao, Rasul and Vollgraf, 2017) as Debian packages it: 60,000 and 10,000 images of 28 × 28, ten classes.</summary>
internal static class FashionMnist
{
    /// <summary>Where the package puts its files.</summary>
    public const string Folder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Pixels per image.</summary>
    public const int Inputs = 28 * 28;

    /// <summary>Classes.</summary>
    public const int Classes = 10;

    private const float Mean = 0.2860f;
    private const float Deviation = 0.3530f;

    /// <summary>The training images, standardised.</summary>
    /// <exception cref="BenchmarkException">The package is not installed.</exception>
    public static Dataset Train() => Read("train");

    /// <summary>The test images, standardised.</summary>
    /// <exception cref="BenchmarkException">The package is not installed.</exception>
    public static Dataset Test() => Read("t10k");

    private static Dataset Read(string part)
    {
        string images = Path.Combine(Folder, $"{part}-images-idx3-ubyte.gz");
        if (!File.Exists(images))
            throw new BenchmarkException($"FashionMNIST is not in {Folder}; get it with: apt-get install dataset-fashion-mnist");
        return IdxClasses.Read(images, Path.Combine(Folder, $"{part}-labels-idx1-ubyte.gz"), Classes, Mean, Deviation);
    }
}
