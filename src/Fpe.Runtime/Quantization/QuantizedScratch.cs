using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fpe.Quantization;

/// <summary>Room of one call: the bytes of values, and what products need between. It is reused for later calls.</summary>
internal sealed unsafe class QuantizedScratch
{
    // Bytes of a line of the cache, and of the longest vectors, which otherwise lie in two lines.
    private const int Alignment = 64;

    private readonly byte[][] values;
    private readonly short[] gathered;
    private readonly int[] sums;
    private readonly short[] widened;
    private readonly short[] pairs;
    private readonly byte[] rows;
    private readonly byte[] bytes;
    private readonly double[] numbers;

    /// <summary>Makes room.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most samples of a call: 1, or a multiple of the width of a panel.</param>
    public QuantizedScratch(QuantizedNetwork network, int capacity)
    {
        Capacity = capacity;
        values = [.. network.ValueWidths.Select(width => Pinned<byte>(((long)width * capacity) + GatheredRows.Reach))];
        QuantizedLinear[] layers = [.. network.Layers, .. network.Filters];
        int columns = layers.Select(layer => layer.Tiles.MostColumns).DefaultIfEmpty().Max();
        gathered = Pinned<short>(columns + GatheredRows.Places);
        int lanes = layers.Select(layer => layer.Tiles.RowOfLane.Length).DefaultIfEmpty().Max();

        // The pixels of an image are panels too.
        QuantizedLinear[] inPanels = capacity > 1 ? layers : network.Filters;
        PanelRoom[] rooms = [.. inPanels.Select(layer => layer.RoomOfPanels(network.Vectors)).DefaultIfEmpty()];
        sums = Pinned<int>(Math.Max(lanes, (long)rooms.Max(room => room.Rows) * ProductOfPanel.Width * ProductOfPanel.PanelsAtOnce));
        widened = Pinned<short>(rooms.Max(room => room.Widened));
        pairs = Pinned<short>((long)rooms.Max(room => room.Columns) * ProductOfPanel.Width * ProductOfPanel.PanelsAtOnce);
        bytes = Pinned<byte>((long)network.ByteRoom + GatheredRows.Reach);
        numbers = Pinned<double>(network.NumberRoom);
        rows = Pinned<byte>(capacity > 1 ? network.RowRoom : 0);
    }

    /// <summary>The most samples of a call.</summary>
    public int Capacity { get; }

    /// <summary>The columns of a tile.</summary>
    public short* Gathered => AddressOf(gathered);

    /// <summary>The sums of rows.</summary>
    public int* Sums => AddressOf(sums);

    /// <summary>Weights of 16 bits.</summary>
    public short* Widened => AddressOf(widened);

    /// <summary>Pairs of columns.</summary>
    public short* Pairs => AddressOf(pairs);

    /// <summary>The samples of a panel, row by row.</summary>
    public byte* Rows => AddressOf(rows);

    /// <summary>The bytes that operations need between.</summary>
    public byte* Bytes => AddressOf(bytes);

    /// <summary>The numbers that operations need between.</summary>
    public double* Numbers => AddressOf(numbers);

    /// <summary>The bytes of a value.</summary>
    public byte* Value(int index) => AddressOf(values[index]);

    private static T[] Pinned<T>(long length)
        where T : unmanaged => GC.AllocateArray<T>(checked((int)(Math.Max(length, 1) + (Alignment / sizeof(T)))), pinned: true);

    private static T* AddressOf<T>(T[] pinned)
        where T : unmanaged => (T*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned)) + Alignment - 1) / Alignment * Alignment);
}
