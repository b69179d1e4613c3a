namespace Fpe.Gpu.Compute;

/// <summary>Up to 64 edges of one row, whose weight gradients a group of 64 threads computes in steps of 32 samples.</summary>
internal static class EdgePiece
{
    public const int Edges = 64, Samples = 32;
}
