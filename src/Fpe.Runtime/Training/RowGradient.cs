using Fpe.Compute;

namespace Fpe.Training;

/// <summary>The gradient of some rows of a table on a device; see <see cref="Parameter.GradientRows"/>.</summary>
/// <param name="rows">The rows, and then −1.</param>
/// <param name="gradient">Their gradient, row by row.</param>
internal sealed class RowGradient(IndexBuffer rows, DeviceBuffer gradient)
{
    private readonly int[] rowNumbers = new int[rows.Length];
    private readonly int width = gradient.Length / rows.Length;
    private double[] values = [];

    /// <summary>The rows, and then −1.</summary>
    public IndexBuffer Rows => rows;

    /// <summary>Their gradient, row by row.</summary>
    public DeviceBuffer Gradient => gradient;

    /// <summary>Adds share · gradient to sums.</summary>
    public void AddTo(RowSums sums, double share = 1)
    {
        rows.Read(rowNumbers);
        int end = Array.IndexOf(rowNumbers, -1);
        int count = end < 0 ? rowNumbers.Length : end;
        if (values.Length == 0)
            values = new double[gradient.Length];
        Span<double> terms = values.AsSpan(0, count * width);
        gradient.Read(terms);
        sums.Add(rowNumbers.AsSpan(0, count), terms, share);
    }

    /// <summary>Replaces the gradient by sums.</summary>
    public void Write(RowSums sums)
    {
        sums.Rows.CopyTo(rowNumbers);
        rowNumbers.AsSpan(sums.Count).Fill(-1);
        rows.Write(rowNumbers);
        gradient.Device.Kernels.Fill(gradient, 0);
        gradient.Write(sums.Values);
    }
}
