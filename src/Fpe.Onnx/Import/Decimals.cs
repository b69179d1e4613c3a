using System.Globalization;

namespace Fpe.Onnx.Import;

/// <summary>Converts 32-bit numbers to those that people wrote: 0.01 and not 0.00999999978.</summary>
internal static class Decimals
{
    /// <summary>Returns the shortest decimal number that has the same 32 bits.</summary>
    public static double Of(float number) => double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
