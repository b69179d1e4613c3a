namespace Fpe.Compute;

/// <summary>Checks of index values, which only the kernels of a device can read.</summary>
public static class KernelIndices
{
    /// <summary>Checks the class of a sample.</summary>
    /// <param name="label">The class.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="sample">Number of the sample in the batch, for the message.</param>
    /// <exception cref="ArgumentException">The class does not exist.</exception>
    public static void CheckLabel(int label, int classes, int sample)
    {
        if ((uint)label >= (uint)classes)
            ThrowIndex($"Sample {sample} of the batch has label {label}, outside 0 to {classes - 1}.", "labels");
    }

    /// <summary>Checks an element of a sample order.</summary>
    /// <param name="row">The row of the data that becomes a sample.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="sample">Number of the sample in the batch, for the message.</param>
    /// <exception cref="ArgumentException">The row does not exist.</exception>
    public static void CheckOrder(int row, int rows, int sample)
    {
        if ((uint)row >= (uint)rows)
            ThrowIndex($"Sample {sample} of the batch is row {row}, outside 0 to {rows - 1}.", "order");
    }

    private static void ThrowIndex(string message, string name) => throw new ArgumentException(message, name);
}
