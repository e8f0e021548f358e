# ruff: noqa: E501, SIM905 - tables of Thai words read better as words than wrapped
"""The words of headlines: what says the same as a word of running text, and what says nothing that could be wrong.

Editors write หนุน for สนับสนุน and put ลุย or ชู where the text has a plain verb. Collected from the headlines of releases of
2024, by how often a word stands in headlines of which the text lacks it.
"""

from __future__ import annotations

__all__ = ["SAME_AS", "STANCE"]

_ROWS = """
สนับสนุน หนุน เสริม ส่งเสริม
ผลักดัน ดัน ขับเคลื่อน
สั่งการ สั่ง กำชับ มอบหมาย มอบนโยบาย บัญชา
เชิญชวน ชวน เชิญ
ร่วมมือ จับมือ ผนึก ผนึกกำลัง บูรณาการ ผสาน
หารือ ถก คุย พูดคุย
อนุมัติ ไฟเขียว เคาะ เห็นชอบ
เสนอ ชง
ป้องกัน สกัด กัน
ปราบปราม ปราบ กวาดล้าง
จับกุม จับ รวบ
ตรวจสอบ ตรวจ
ตรวจเยี่ยม เยี่ยม
แก้ไข แก้ แก้ปัญหา
เพิ่ม เพิ่มขึ้น พุ่ง
ลด ลดลง หด
ช่วยเหลือ ช่วย เยียวยา บรรเทา
คุ้มครอง ปกป้อง
ควบคุม คุม
ติดตาม เกาะติด
ยกระดับ ยก
เปิด เปิดตัว เปิดงาน คิกออฟ
แนะนำ แนะ
เตือน เตือนภัย
ยินดี ปลื้ม ดีใจ
เป้าหมาย เป้า
งบประมาณ งบ
อุทกภัย น้ำท่วม
ประธาน นั่งประธาน
เดินทาง บิน
เยือน เยี่ยมเยือน
ลงนาม เซ็น
สถานการณ์ เหตุการณ์
รวดเร็ว เร็ว
นักเรียน นร
ประชาชน ชาวบ้าน
มอบ แจก
จัดตั้ง ตั้ง
กรุงเทพมหานคร กทม
ประเทศไทย ไทย
""".strip().splitlines()

SAME_AS: dict[str, str] = {word: row.split()[0] for row in reversed(_ROWS) for word in row.split()}
"""Word -> the word for which it may stand; each row is one meaning."""

STANCE = frozenset(
    """
เดินหน้า เร่ง ลุย ชู มุ่ง มุ่งมั่น โชว์ ย้ำ ยืนยัน ยัน แนะ แจง ชี้ ปลื้ม เผย เน้น ปั้น โว วอน ขานรับ จัดเต็ม ดีเดย์ คิกออฟ ด่วน ข่าวดี พร้อม เต็มที่ เต็มรูปแบบ เข้ม เข้มข้น เข้มงวด ต่อเนื่อง ยิ่งใหญ่ คึกคัก ทันที เดินเครื่อง เร่งด่วน เร่งรัด
นำทัพ นำทีม นำ ทีม ลง ควง บุก ระดม ดึง ปูพรม เกาะติด เจาะ ติดอาวุธ สานต่อ ต่อยอด ควบคู่ ล่าสุด เปิดเวที เวที หัวโต๊ะ นั่งหัวโต๊ะ นั่ง เสริมแกร่ง แกร่ง ห่วง ห่วงใย เชื่อมั่น มั่นใจ เชื่อ ชื่นชม แถลง แถลงข่าว ใจ ร่วมใจ ทุกฝ่าย
ถือโอกาส ครั้งสำคัญ สำคัญ ผ่าน พบ ชาว พี่น้อง ใหม่ คนไทย จริงจัง ชัดเจน ครบ ครบวงจร สู่ รับ ผุด เล็งเห็น ปักธง ปักหมุด
""".split()
)
"""Words of headlines that tell how something is said or done, and add no fact; one that the text lacks is no new fact."""
