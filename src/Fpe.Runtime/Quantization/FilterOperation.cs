using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>
/// A convolution: the patches of up to 256 pixels become panels, whose lanes are pixels, and the filters a fully connected layer that reads them.
/// Padding is the byte of 0.
/// </summary>
internal sealed unsafe class FilterOperation : QuantizedOperation
{
    private const int Width = ProductOfPanel.Width;
    private const int PixelsAtOnce = 256;

    private readonly ImageShape input;
    private readonly ImageShape output;
    private readonly Window2d window;
    private readonly QuantizedLinear filters;
    private readonly byte zero;

    // Where each element of a patch, and each patch, begins in the padded image.
    private readonly int[] elements;
    private readonly int[] pixels;

    /// <summary>Prepares a convolution.</summary>
    /// <param name="source">The value that it reads.</param>
    /// <param name="filters">The filters, over the elements of a patch of all channels.</param>
    /// <param name="shape">The shape, without groups.</param>
    /// <param name="zero">The byte of 0 in the value that it reads.</param>
    public FilterOperation(int source, QuantizedLinear filters, Conv2dShape shape, byte zero)
        : base(source)
    {
        (this.filters, this.zero, input, output, window) = (filters, zero, shape.Input, shape.Output, shape.Window);
        int kernel = window.Columns.Kernel;
        elements =
        [
            .. Enumerable.Range(0, shape.FanIn).Select(element => (element / window.Count * PaddedHeight * PaddedWidth)
                + (element % window.Count / kernel * window.Rows.Dilation * PaddedWidth) + (element % kernel * window.Columns.Dilation)),
        ];
        pixels =
        [
            .. Enumerable.Range(0, output.Pixels)
                .Select(pixel => (pixel / output.Width * window.Rows.Stride * PaddedWidth) + (pixel % output.Width * window.Columns.Stride)),
        ];
    }

    /// <inheritdoc/>
    public override QuantizedLinear Filters => filters;

    /// <inheritdoc/>
    public override int ByteRoom => checked(PaddedRoom + (Panels * Width * (elements.Length + output.Channels)));

    private int PaddedHeight => input.Height + (2 * window.Rows.Padding);

    private int PaddedWidth => input.Width + (2 * window.Columns.Padding);

    private int PaddedRoom => window.HasPadding ? checked(input.Channels * PaddedHeight * PaddedWidth) : 0;

    private int Panels => (Math.Min(PixelsAtOnce, pixels.Length) + Width - 1) / Width;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Compute(in OperationCall call)
    {
        byte* image = call.Value(Sources[0]), padded = call.Scratch.Bytes;
        if (window.HasPadding)
        {
            Pad(image, padded);
            image = padded;
        }

        byte* patches = padded + PaddedRoom, results = patches + (Panels * Width * elements.Length);
        for (int first = 0; first < pixels.Length; first += PixelsAtOnce)
        {
            int count = Math.Min(PixelsAtOnce, pixels.Length - first);
            for (int start = 0; start < count; start += Width)
                Patch(image, first + start, Math.Min(Width, count - start), patches + (start * elements.Length));
            filters.Panels(new PanelCall(call.Vectors, patches, elements.Length, results, output.Channels, outputs: null, count, call.Scratch));
            Spread(results, count, call.Y + first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pad(byte* image, byte* padded)
    {
        new Span<byte>(padded, PaddedRoom).Fill(zero);
        for (int channel = 0; channel < input.Channels; channel++)
        {
            for (int y = 0; y < input.Height; y++)
            {
                byte* row = padded + (((channel * PaddedHeight) + y + window.Rows.Padding) * PaddedWidth) + window.Columns.Padding;
                new ReadOnlySpan<byte>(image + (((channel * input.Height) + y) * input.Width), input.Width).CopyTo(new Span<byte>(row, input.Width));
            }
        }
    }

    /// <summary>Lays out the patches of a panel: [elements, pixels]. Lanes beyond the last pixel repeat it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Patch(byte* image, int first, int count, byte* patches)
    {
        int* starts = stackalloc int[Width];
        for (int lane = 0; lane < Width; lane++)
            starts[lane] = pixels[first + Math.Min(lane, count - 1)];
        bool isRun = true;
        for (int lane = 1; lane < Width; lane++)
            isRun &= starts[lane] == starts[0] + lane;
        for (int e = 0; e < elements.Length; e++, patches += Width)
        {
            byte* from = image + elements[e];
            if (isRun)
            {
                Vector128.Load(from + starts[0]).Store(patches);
                continue;
            }

            for (int lane = 0; lane < Width; lane++)
                patches[lane] = from[starts[lane]];
        }
    }

    /// <summary>Moves panels of pixels to their channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spread(byte* panels, int count, byte* y)
    {
        for (int start = 0; start < count; start += Width)
        {
            int lanes = Math.Min(Width, count - start);
            for (int channel = 0; channel < output.Channels; channel++, panels += Width)
                new ReadOnlySpan<byte>(panels, lanes).CopyTo(new Span<byte>(y + (channel * pixels.Length) + start, lanes));
        }
    }
}
