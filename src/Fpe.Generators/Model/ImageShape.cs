using static System.FormattableString;

namespace Fpe.Generators.Model;

/// <summary>The runtime's <c>Fpe.Compute.ImageShape</c>: channels, rows and columns.</summary>
internal sealed record ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values; more than an integer holds where the image is too large.</summary>
    public decimal Count => (decimal)Channels * Height * Width;

    /// <summary>The shape in words.</summary>
    public override string ToString() => Invariant($"{Channels} × {Height} × {Width}");
}
