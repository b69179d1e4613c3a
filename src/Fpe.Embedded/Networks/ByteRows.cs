namespace Fpe.Embedded.Networks;

/// <summary>How the sums of a layer's rows become bytes: (sum + bias) · factor / 2^shift + zero point, and a table for the activation.</summary>
/// <param name="Biases">One for each row.</param>
/// <param name="Factors">One for each row.</param>
/// <param name="Shift">From 1 to 32.</param>
/// <param name="ZeroPoint">The byte of 0.</param>
/// <param name="Table">What the activation makes of each byte; null if cutting off is all it does.</param>
internal sealed record ByteRows(int[] Biases, int[] Factors, int Shift, byte ZeroPoint, byte[]? Table);
