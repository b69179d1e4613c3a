namespace Fpe.Quantization;

/// <summary>How 8 bits stand for the numbers of a value: number = scale · (byte − zero point).</summary>
/// <param name="Scale">The step from one byte to the next; greater than 0.</param>
/// <param name="ZeroPoint">The byte of 0, so that 0 is exact: padding and values below 0 that ReLU cuts off are.</param>
internal readonly record struct ValueScale(float Scale, byte ZeroPoint)
{
    /// <summary>Returns the finest scale whose bytes cover a range and 0.</summary>
    public static ValueScale Of(double smallest, double largest)
    {
        smallest = Math.Min(smallest, 0);
        largest = Math.Max(largest, 0);
        var scale = (float)((largest - smallest) / byte.MaxValue);
        return scale > 0 ? new(scale, (byte)Math.Clamp(Math.Round(-smallest / scale), 0, byte.MaxValue)) : new(1, 0);
    }

    /// <summary>Returns the nearest byte; numbers outside the range become its ends.</summary>
    public byte Quantize(float number) => (byte)Math.Clamp(MathF.Round(number / Scale) + ZeroPoint, 0, byte.MaxValue);

    /// <inheritdoc cref="Quantize(float)"/>
    public byte Quantize(double number) => (byte)Math.Clamp(Math.Round(number / Scale) + ZeroPoint, 0, byte.MaxValue);

    /// <summary>Returns the byte of a number of steps from 0; numbers outside the range become its ends.</summary>
    public byte ByteOf(long steps) => (byte)Math.Clamp(steps + ZeroPoint, 0, byte.MaxValue);

    /// <summary>Returns the number of a byte.</summary>
    public float Restore(int quantized) => Scale * (quantized - ZeroPoint);
}
