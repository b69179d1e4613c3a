using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fpe.Quantization;

/// <summary>Room of one call: the bytes of values, and what products need between. It is reused for later calls.</summary>
internal sealed unsafe class QuantizedScratch
{
    private readonly byte[][] values;
    private readonly short[] gathered;
    private readonly int[] sums;
    private readonly short[] widened;
    private readonly short[] pairs;
    private readonly byte[] rows;

    /// <summary>Makes room.</summary>
    /// <param name="network">The network.</param>
    /// <param name="capacity">The most samples of a call: 1, or a multiple of the width of a panel.</param>
    public QuantizedScratch(QuantizedNetwork network, int capacity)
    {
        Capacity = capacity;
        values = [.. network.ValueWidths.Select(width => Pinned<byte>(((long)width * capacity) + GatheredRows.Reach))];
        IntegerTiles[] tiles = [.. network.Layers.Select(layer => layer.Tiles)];
        int columns = tiles.Max(layer => layer.MostColumns);
        gathered = Pinned<short>(columns + GatheredRows.Places);
        int lanes = tiles.Max(layer => layer.RowOfLane.Length);
        bool isPanel = capacity > 1;
        (int Widened, int Rows)[] rooms = [.. network.Layers.Select(layer => layer.RoomOfPanels())];
        sums = Pinned<int>(isPanel ? rooms.Max(room => room.Rows) * ProductOfPanel.Width * ProductOfPanel.PanelsAtOnce : lanes);
        widened = Pinned<short>(isPanel ? rooms.Max(room => room.Widened) : 0);
        pairs = Pinned<short>(isPanel ? Math.Max(columns, network.ValueWidths.Max()) * ProductOfPanel.Width * ProductOfPanel.PanelsAtOnce : 0);
        rows = Pinned<byte>(isPanel ? network.RowRoom : 0);
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

    /// <summary>The bytes of a value.</summary>
    public byte* Value(int index) => AddressOf(values[index]);

    private static T[] Pinned<T>(long length)
        where T : unmanaged => GC.AllocateArray<T>(checked((int)Math.Max(length, 1)), pinned: true);

    private static T* AddressOf<T>(T[] pinned)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
