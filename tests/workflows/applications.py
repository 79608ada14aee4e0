"""What is handed in in the tests of the items that came after the first three. Nobody in it exists."""

from typing import Any

from tests.workflows.persons import FIRM, PERSON

BUILDING = ("construction", "real-estate", "technical-renovation")


def project(kind: str, stage: str, **changes: Any) -> dict[str, Any]:
    """A project for joint review that sets nothing else off."""
    flags = (
        "slope_or_spoil",
        "cultural_protection",
        "hazardous",
        "crowded",
        "imported_equipment",
        "foreign_restricted",
        "resettlement",
        "sensitive_report",
    )
    industrial = ("sensitive_area", "emissions") if kind != "public-facility" else ()
    building = ("government_funded", "new_land", "new_building", "below_limit") if kind in BUILDING else ()
    told = {
        "key_construction": True,
        "project": "样例项目",
        "project_kind": kind,
        "stage": stage,
        "site": "样例工业园",
        "investment_fen": "20000000.00",
        "land_m2": 20_000,
        "forest_land_m2": 0,
        "water_m3": 0,
        "summary": "年产样例产品一万件，用地三十亩，用工八十人。",
    }
    classed = {"industry": "general", "catalogue": "allowed"} if industrial else {}
    return {**told, **classed, **dict.fromkeys((*flags, *industrial, *building), False), **changes}


APPLICATIONS: dict[str, dict[str, Any]] = {
    "company_name_approval": {
        "applicant": FIRM,
        "details": {
            "names": [{"name": "大足县样例商贸有限公司"}],
            "capital_fen": "500000.00",
            "shareholders": [{"name": "股东甲", "percent": 60}, {"name": "股东乙", "percent": 40}],
        },
        "materials": ["企业名称预先核准申请书", "股东身份证明"],
        "declaration": True,
    },
    "sole_trader_registration": {
        "applicant": PERSON,
        "details": {
            "trade_name": "样例面馆",
            "business_scope": "餐饮服务",
            "needs_permit": True,
            "permit_number": "足卫食〔2026〕1号",
            "premises": "样例街道一号",
            "premises_right": "rented",
            "capital_fen": "30000",
            "workers": 3,
            "composition": "individual",
        },
        "materials": ["个体工商户开业登记申请书", "申请人身份证明", "经营场所证明"],
        "declaration": True,
    },
    "food_hygiene_licence": {
        "applicant": FIRM,
        "details": {
            "category": "restaurant",
            "area_m2": 85.5,
            "premises": "样例街道二号",
            "water": "public",
            "workers": 6,
            "health_certificates": 6,
        },
        "materials": ["申请表", "场所平面图", "从业人员健康证", "卫生管理制度"],
        "declaration": True,
    },
    "public_place_hygiene_licence": {
        "applicant": FIRM,
        "details": {
            "category": "hotel",
            "premises": "样例街道三号",
            "area_m2": 420,
            "report_number": "检〔2026〕12号",
            "workers": 12,
        },
        "materials": ["申请表", "卫生检测报告", "从业人员健康证"],
        "declaration": True,
    },
    "land_use_planning_permit": {
        "applicant": FIRM,
        "details": {
            "project": "样例工业厂房",
            "approval_number": "足计经〔2026〕3号",
            "use": "industrial",
            "area_m2": 12000,
            "acquisition": "grant",
            "boundaries": "东至样例路，南至样例河，西至农田，北至样例厂",
        },
        "materials": ["申请表", "项目批准文件", "地形图"],
        "declaration": True,
    },
    "construction_planning_permit": {
        "applicant": FIRM,
        "details": {
            "project": "样例住宅小区",
            "land_permit": "地字〔2026〕1号",
            "floor_area_m2": 36000,
            "storeys": 11,
            "height_m": 33.5,
            "plot_ratio": 2.2,
            "green_percent": 30,
            "parking": 240,
        },
        "materials": ["申请表", "土地证明文件", "建设工程设计方案", "人防审核通知书"],
        "declaration": True,
    },
    "building_permit": {
        "applicant": FIRM,
        "details": {
            "project": "样例住宅小区一期",
            "planning_permit": "建字〔2026〕1号",
            "contract_price_fen": "28000000",
            "starts_on": "2026-05-01",
            "ends_on": "2027-10-31",
            "builder": "样例建筑公司",
            "builder_certificate": "A1234567",
            "supervisor": "样例监理公司",
            "project_manager_certificate": "X7654321",
            "quality_registration": "质〔2026〕5号",
            "safety_registration": "安〔2026〕5号",
        },
        "materials": ["申请表", "用地批准手续", "建设工程规划许可证", "施工合同", "质量监督、安全监督登记"],
        "declaration": True,
    },
    "road_excavation_permit": {
        "applicant": FIRM,
        "details": {
            "road": "样例大道",
            "section": "K0+120至K0+180",
            "length_m": 60,
            "width_m": 1.2,
            "depth_m": 1.8,
            "surface": "asphalt",
            "works": "overhaul",
            "road_age_years": 8,
            "starts_on": "2026-04-01",
            "ends_on": "2026-04-10",
            "traffic_plan": "半幅施工，半幅通行。",
        },
        "materials": ["申请表", "规划批准文件", "设计文件", "交通组织方案"],
        "declaration": True,
    },
    "felling_permit": {
        "applicant": FIRM,
        "details": {
            "place": "12林班3小班",
            "forest_kind": "timber",
            "species": "马尾松",
            "area_ha": 2.5,
            "volume_m3": 150,
            "method": "selective",
            "intensity_percent": 30,
            "title_number": "林证字第1号",
            "regeneration": "次年春季人工植苗更新",
        },
        "materials": ["申请表", "林权证", "采伐作业设计", "上年度更新验收合格证明"],
        "declaration": True,
    },
    "water_abstraction_permit": {
        "applicant": FIRM,
        "details": {
            "point": "样例河左岸",
            "source": "river",
            "yearly_m3": 120000,
            "purpose": "industry",
            "return_water": "经处理后退入样例河",
            "appraisal_number": "足水论〔2026〕1号",
        },
        "materials": ["申请表", "与第三者利害关系说明"],
        "declaration": True,
    },
    "road_transport_permit": {
        "applicant": FIRM,
        "details": {
            "business": "freight",
            "vehicles": [{"plate": "渝C12345", "seats_or_tonnes": 10}, {"plate": "渝C12346", "seats_or_tonnes": 15}],
            "drivers": 3,
            "safety_officer": "样例负责人",
        },
        "materials": ["申请表", "车辆检测合格证明", "驾驶人员从业资格证", "安全生产管理制度"],
        "declaration": True,
    },
    "discharge_permit": {
        "applicant": FIRM,
        "details": {
            "approval_number": "足环审〔2026〕2号",
            "outlets": [{"number": "WS-01", "receiver": "样例河"}],
            "pollutants": [{"name": "化学需氧量", "concentration": 80, "tonnes_a_year": 3.2}],
            "approved_total_t": 5,
            "monitoring_report": "监〔2026〕8号",
        },
        "materials": ["申请表", "环境影响评价批复", "监测报告", "承诺书"],
        "declaration": True,
    },
    "entertainment_venue_permit": {
        "applicant": FIRM,
        "details": {
            "category": "singing",
            "area_m2": 600,
            "capacity": 200,
            "rooms": 18,
            "premises": "样例街道八号",
            "school_distance_m": 450,
            "fire_certificate": "消〔2026〕4号",
        },
        "materials": ["申请表", "场所证明", "消防合格证明", "环境影响评价文件", "无犯罪记录证明"],
        "declaration": True,
    },
    "birth_service_certificate": {
        "applicant": PERSON,
        "details": {
            "spouse_name": "样例配偶",
            "spouse_resident_id": "11010519491231002X",
            "married_on": "2024-10-01",
            "marriage_certificate": "J500225-2024-1",
            "children": 0,
        },
        "materials": ["申请表", "结婚证", "户口簿", "夫妻双方身份证明"],
        "declaration": True,
    },
    "tax_registration_change": {
        "applicant": FIRM,
        "details": {
            "registration_number": "500225000000001",
            "changed": "address",
            "before": "样例街道二号",
            "after": "样例街道九号",
            "changed_on": "2026-02-20",
        },
        "materials": ["变更税务登记表", "工商变更登记表", "税务登记证"],
        "declaration": True,
    },
    "temporary_residence_permit": {
        "applicant": PERSON,
        "details": {
            "household_address": "四川省样例县样例镇",
            "lodging_address": "样例街道十号",
            "reason": "work",
            "from_on": "2026-02-01",
            "months": 12,
            "landlord": "样例厂",
        },
        "materials": ["暂住人口登记表", "居民身份证", "住所证明"],
        "declaration": True,
    },
    "further_child_approval": {
        "applicant": PERSON,
        "details": {
            "town": "longgang",
            "kind": "remarriage",
            "reason": "one_childless",
            "spouse_name": "样例配偶",
            "spouse_resident_id": "500225198808080027",
            "married_on": "2024-10-01",
            "marriage_certificate": "J500225-2024-1",
            "children": [{"name": "样例子女", "born_on": "2018-05-01", "of": "applicant"}],
        },
        "materials": ["申请表", "结婚证", "户口簿", "夫妻双方身份证明", "村（居）民委员会或者单位证明"],
        "declaration": True,
    },
    "internet_venue_permit": {
        "applicant": FIRM,
        "details": {
            "stage": "preparation",
            "venue_name": "大足县样例网吧",
            "capital_fen": "300000.00",
            "area_m2": 160,
            "terminals": 60,
            "premises": "样例街道十二号",
            "school_distance_m": 230,
            "residential": "no",
        },
        "materials": [
            "申请书",
            "名称预先核准通知书和章程",
            "资金信用证明",
            "法定代表人身份证明",
            "营业场所产权证明或者租赁意向书",
        ],
        "declaration": True,
    },
    "joint_review_investment": {
        "applicant": FIRM,
        "details": project("investment-promotion", "establishment"),
        "materials": ["联合审批申请表", "项目建议书或者可行性研究报告"],
        "declaration": True,
    },
    "joint_review_construction": {
        "applicant": FIRM,
        "details": project("construction", "planning"),
        "materials": ["联合审批申请表", "项目建议书或者可行性研究报告"],
        "declaration": True,
    },
    "joint_review_utilities": {
        "applicant": FIRM,
        "details": project("public-facility", "facilities"),
        "materials": ["联合审批申请表", "项目建议书或者可行性研究报告"],
        "declaration": True,
    },
    "joint_review_foreign": {
        "applicant": FIRM,
        "details": project("foreign-invested", "approval"),
        "materials": ["联合审批申请表", "项目建议书或者可行性研究报告"],
        "declaration": True,
    },
}

SEALS = {
    "window-investment-1": "招商审批01",
    "window-planning-1": "计经审批01",
    "window-trade-1": "贸易审批01",
    "window-commerce-1": "工商审批01",
    "window-health-1": "卫生审批01",
    "window-construction-1": "建委审批01",
    "window-forestry-1": "林业审批01",
    "window-water-1": "水利审批01",
    "window-transport-1": "交通审批01",
    "window-environment-1": "环保审批01",
    "window-culture-1": "文化审批01",
    "window-family-planning-1": "计生审批01",
    "window-tax-1": "税务审批01",
    "window-police-1": "公安审批01",
}

CHECKS = {
    "company_name_approval": "duplicates_checked",
    "birth_service_certificate": "records_checked",
    "tax_registration_change": "records_checked",
    "temporary_residence_permit": "records_checked",
}
