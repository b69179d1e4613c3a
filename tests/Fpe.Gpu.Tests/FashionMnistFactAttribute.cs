using Fpe.Data;

namespace Fpe.Gpu.Tests;

/// <summary>A test that needs the data of FashionMNIST.</summary>
public sealed class FashionMnistFactAttribute : FactAttribute
{
    public FashionMnistFactAttribute() => Skip = Directory.Exists(FashionMnist.DebianFolder)
        ? null
        : "FashionMNIST is not installed; Debian's package is dataset-fashion-mnist.";
}
