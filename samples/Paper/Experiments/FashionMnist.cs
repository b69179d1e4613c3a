using Fpe.Data;
namespace Samples.Paper.Experiments;
internal static class FashionMnist
{
    public const int Inputs = 784;
    public const int Classes = 10;
    public static Dataset Train(string? folder) => Read(folder, "train");
    public static Dataset Test(string? folder) => Read(folder, "t10k");
    private static Dataset Read(string? folder, string part)
    {
        folder ??= "/usr/share/datasets/fashion-mnist";
        return IdxClasses.Read(Path.Combine(folder, part + "-images-idx3-ubyte.gz"), Path.Combine(folder, part + "-labels-idx1-ubyte.gz"), 10, 0.2860f, 0.3530f);
    }
}
